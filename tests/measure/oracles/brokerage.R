# Brokerage of three symmetric networks by sna (Debian r-cran-sna): Rscript brokerage.R > brokerage.json
# sna treats a symmetric matrix as a directed network, so it counts each pair of ends in both directions.
suppressPackageStartupMessages(library(sna))

synthetic <- function(n, share) {
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
  three = list(synthetic(14, 5), rep(c("a", "b", "c"), length.out = 14)),
  two = list(synthetic(13, 6), c(rep("a", 5), rep("b", 8)))
)

json <- function(m) paste0("[", paste(apply(m, 1, function(r) paste0("[", paste(format(r, digits = 15, trim = TRUE), collapse = ", "), "]")), collapse = ", "), "]")
blocks <- sapply(names(cases), function(name) {
  m <- cases[[name]][[1]]
  group <- cases[[name]][[2]]
  result <- brokerage(m, group)
  paste0(
    "  \"", name, "\": {\n    \"groups\": [", paste0("\"", group, "\"", collapse = ", "), "],\n    \"ties\": ", json(m),
    ",\n    \"raw\": ", json(result$raw.nli), ",\n    \"expected\": ", json(result$exp.nli), ",\n    \"sd\": ", json(result$sd.nli), "\n  }"
  )
})
cat("{\n  \"sna\": \"", as.character(packageVersion("sna")), "\",\n  \"columns\": [\"w_I\", \"w_O\", \"b_IO\", \"b_OI\", \"b_O\", \"t\"],\n",
  paste(blocks, collapse = ",\n"), "\n}\n", sep = "")
