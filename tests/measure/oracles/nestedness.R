# What vegan (Debian r-cran-vegan) says of four matrices: Rscript nestedness.R > nestedness.json
suppressPackageStartupMessages(library(vegan))

made <- function(rows, columns, share) {
  outer(1:rows, 1:columns, function(i, j) ((i * 7 + j * 11 + i * j) %% 13 < share - (i + j) %/% 6) * 1)
}
cases <- list(
  triangle = outer(1:3, 1:3, function(i, j) (i + j <= 4) * 1),
  identity = diag(2),
  wide = made(6, 11, 7),
  tall = made(12, 7, 6)
)
json <- function(m) paste0("[", paste(apply(m, 1, function(r) paste0("[", paste(r, collapse = ", "), "]")), collapse = ", "), "]")
told <- sapply(names(cases), function(name) {
  m <- cases[[name]]
  stopifnot(all(rowSums(m) > 0), all(colSums(m) > 0))
  found <- nestednodf(m)$statistic
  paste0(
    "  \"", name, "\": {\n    \"matrix\": ", json(m), ",\n    \"columns\": ", format(found[["N.columns"]], digits = 15),
    ", \"rows\": ", format(found[["N.rows"]], digits = 15), ", \"both\": ", format(found[["NODF"]], digits = 15), "\n  }"
  )
})
cat("{\n  \"vegan\": \"", as.character(packageVersion("vegan")), "\",\n", paste(told, collapse = ",\n"), "\n}\n", sep = "")
