# Writes one data set of an installed R package as CSV: Rscript export-data.R PACKAGE DATASET FILE
arguments <- commandArgs(trailingOnly = TRUE)
if (!requireNamespace(arguments[1], quietly = TRUE)) quit(status = 3)
space <- new.env()
data(list = arguments[2], package = arguments[1], envir = space)
frame <- as.data.frame(space[[arguments[2]]])
write.csv(frame, arguments[3], row.names = FALSE, na = "")
