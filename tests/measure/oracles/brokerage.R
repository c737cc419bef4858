# What sna (Debian r-cran-sna) says of three symmetric networks: Rscript brokerage.R > brokerage.json
# sna reads a symmetric matrix as a directed network, so that each pair of ends is counted in both directions.
suppressPackageStartupMessages(library(sna))

made <- function(n, share) {
  m <- outer(1:n, 1:n, function(i, j) ((pmin(i, j) * 7 + pmax(i, j) * 11 + i * j) %% 17 < share) * 1)
  diag(m) <- 0
  m
}
toy <- matrix(0, 6, 6) # G1 I1 I2 I3 U1 U2
for (pair in list(c(1, 2), c(1, 5), c(1, 6), c(2, 5), c(3, 4), c(3, 5), c(4, 5), c(4, 6))) {
  toy[pair[1], pair[2]] <- toy[pair[2], pair[1]] <- 1
}
cases <- list(
  toy = list(toy, c("g", "i", "i", "i", "u", "u")),
  three = list(made(14, 5), rep(c("a", "b", "c"), length.out = 14)),
  two = list(made(13, 6), c(rep("a", 5), rep("b", 8)))
)

json <- function(m) paste0("[", paste(apply(m, 1, function(r) paste0("[", paste(format(r, digits = 15, trim = TRUE), collapse = ", "), "]")), collapse = ", "), "]")
told <- sapply(names(cases), function(name) {
  m <- cases[[name]][[1]]
  group <- cases[[name]][[2]]
  found <- brokerage(m, group)
  paste0(
    "  \"", name, "\": {\n    \"groups\": [", paste0("\"", group, "\"", collapse = ", "), "],\n    \"ties\": ", json(m),
    ",\n    \"raw\": ", json(found$raw.nli), ",\n    \"expected\": ", json(found$exp.nli), ",\n    \"sd\": ", json(found$sd.nli), "\n  }"
  )
})
cat("{\n  \"sna\": \"", as.character(packageVersion("sna")), "\",\n  \"columns\": [\"w_I\", \"w_O\", \"b_IO\", \"b_OI\", \"b_O\", \"t\"],\n",
  paste(told, collapse = ",\n"), "\n}\n", sep = "")
