# Nestedness of four matrices by vegan (Debian r-cran-vegan): Rscript nestedness.R > nestedness.json
suppressPackageStartupMessages(library(vegan))

synthetic <- function(rows, columns, share) {
  outer(1:rows, 1:columns, function(i, j) ((i * 7 + j * 11 + i * j) %% 13 < share - (i + j) %/% 6) * 1)
}
cases <- list(
  triangle = outer(1:3, 1:3, function(i, j) (i + j <= 4) * 1),
  identity = diag(2),
  wide = synthetic(6, 11, 7),
  tall = synthetic(12, 7, 6)
)
json <- function(m) paste0("[", paste(apply(m, 1, function(r) paste0("[", paste(r, collapse = ", "), "]")), collapse = ", "), "]")
blocks <- sapply(names(cases), function(name) {
  m <- cases[[name]]
  stopifnot(all(rowSums(m) > 0), all(colSums(m) > 0))
  result <- nestednodf(m)$statistic
  paste0(
    "  \"", name, "\": {\n    \"matrix\": ", json(m), ",\n    \"columns\": ", format(result[["N.columns"]], digits = 15),
    ", \"rows\": ", format(result[["N.rows"]], digits = 15), ", \"both\": ", format(result[["NODF"]], digits = 15), "\n  }"
  )
})
cat("{\n  \"vegan\": \"", as.character(packageVersion("vegan")), "\",\n", paste(blocks, collapse = ",\n"), "\n}\n", sep = "")
