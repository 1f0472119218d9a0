/**
 * The R script that lies beside an export: `load_study()` restores types, labels, factors and reasons. Base R alone.
 */
export const loadR = `# Reads the CSV files of this folder into R, with labels, factors, dates and reasons for what is missing.
#
#   source("load.R")
#   study <- load_study()              # or load_study("path/to/folder")
#   str(study$person_wave)
#   attr(study$person_wave$NAME, "label")        what a column is
#   table(study$missing$person_wave$NAME)        why its values are missing
#
# codes = TRUE keeps codes as they stand, with an attribute "labels", in place of factors.

load_study <- function(folder = ".", codes = FALSE) {
  # Spreadsheets are kept from computing by an apostrophe before = + - @ tab and carriage return.
  plain <- function(text) sub("^'(?=[=+@\\t\\r-])", "", text, perl = TRUE)
  read <- function(name) {
    table <- utils::read.csv(file.path(folder, paste0(name, ".csv")), colClasses = "character",
      check.names = FALSE, na.strings = "", encoding = "UTF-8")
    table[] <- lapply(table, plain)
    table
  }
  codebook <- read("codebook")
  coding <- read("codes")
  typed <- function(text, entry, codes_of) {
    number <- function(text) as.numeric(text)
    column <- switch(entry$type,
      number = number(text),
      time = as.POSIXct(number(text) / 1000, origin = "1970-01-01", tz = "UTC"),
      day = as.Date(number(text), origin = "1970-01-01"),
      code = coded(text, entry, codes_of),
      text)
    if (nrow(codes_of) > 0 && !is.factor(column)) attr(column, "labels") <- labels_of(codes_of)
    attr(column, "label") <- entry$label
    if (!is.na(entry$unit)) attr(column, "unit") <- entry$unit
    column
  }
  # Codes as numbers where all are, so that they sort and compare as in the questions.
  bare <- function(text) {
    if (anyNA(suppressWarnings(as.numeric(text[!is.na(text)])))) text else as.numeric(text)
  }
  labels_of <- function(codes_of) stats::setNames(bare(codes_of$value), codes_of$label)
  coded <- function(text, entry, codes_of) {
    if (codes) return(bare(text))
    others <- setdiff(unique(text[!is.na(text)]), codes_of$value)
    label <- ifelse(codes_of$label %in% codes_of$label[duplicated(codes_of$label)],
      paste0(codes_of$label, " (", codes_of$value, ")"), codes_of$label)
    factor(text, levels = c(codes_of$value, others), labels = c(label, others),
      ordered = entry$level == "ordinal")
  }
  study <- list(codebook = codebook, codes = coding, missing = list())
  for (name in unique(codebook$table)) {
    raw <- read(name)
    entries <- codebook[codebook$table == name, ]
    reasons <- raw[entries$name[paste0(entries$name, "__missing") %in% names(raw)]]
    reasons[] <- lapply(names(reasons), function(column) factor(raw[[paste0(column, "__missing")]]))
    table <- raw[entries$name]
    for (row in seq_len(nrow(entries))) {
      entry <- entries[row, ]
      codes_of <- coding[coding$table == name & coding$name == entry$name, ]
      table[[entry$name]] <- typed(raw[[entry$name]], entry, codes_of)
    }
    study[[name]] <- table
    study$missing[[name]] <- reasons
  }
  study
}
`;
