// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Fits that are refused")
struct FitErrorTests {
  static let data = "time,y,err\n1,2.5,0.1\n2,1.5,0.1\n3,1.1,0.1\n4,0.8,0.1\n"

  static let usage: [(arguments: [String], says: String)] = [
    ([], "give --formula 'y = a*exp(-b*x) + c', or --model NAME"),
    (["--formula", "y = a*epx(time)", "--start", "a=1"], "did you mean 'exp'?"),
    (["--formula", "y = a*tme", "--start", "a=1"], "no start for tme"),
    (["--formula", "y = a*tme", "--start", "a=1"], "'tme' may be the column 'time'"),
    (["--formula", "y = a*Time", "--start", "a=1"], "'Time' may be the column 'time'"),
    (["--formula", "Y = a*time", "--start", "a=1"], "did you mean 'y'?"),
    (
      ["--formula", "y = a*time", "--start", "a=1", "--robust", "huber:scale=1", "--counts", "err"],
      "counts: a robust loss judges each observation by itself"
    ),
    (["--formula", "y = a*time^b", "--start", "a=1"], "write --start b=1 with your own values"),
    (["--formula", "z = a*time", "--start", "a=1"], "the left side is made of columns, and 'z' is none"),
    (["--formula", "a*y", "--start", "a=1"], "which column is fitted?"),
    (["--formula", "y = a*time", "--start", "a=1,q=2"], "'q' is no parameter"),
    (["--formula", "y = a*time", "--start", "a=1,time=2"], "'time' is a column"),
    (["--formula", "y = a*time", "--start", "a"], "--start: 'a' is not name=value"),
    (["--formula", "y = a*time", "--start", "a=x"], "--start: 'x' is no number for a"),
    (["--formula", "y = a*time", "--start", "a=1..x"], "'x' is no number for a"),
    (["--formula", "y = a*time", "--start", "a=2..1"], "runs backwards"),
    (["--formula", "y = a*time", "--start", "a=1.."], "the range of a needs both ends"),
    (["--formula", "y = a*time", "--start", "a=1", "--fix", "a=1"], "a is given by --start and by --fix"),
    (["--formula", "y = a*time", "--start", "a=1", "--bounds", "a=1"], "'1' is no range for a"),
    (["--formula", "y = a*time", "--start", "a=1", "--lower", "a=2", "--upper", "a=1"], "give the lower one first"),
    (["--formula", "y = a*time", "--start", "a=1", "--bounds", "a=2..3"], "outside its bounds"),
    (["--formula", "y = a*time", "--define", "a = b", "--define", "b = a"], "depend on each other in a circle"),
    (["--formula", "y = a*time", "--define", "2*a = b"], "is not name = formula"),
    (["--formula", "y = a*time", "--define", "a = err"], "'err' is a column; parameters follow from parameters"),
    (["--formula", "y = a*time", "--start", "a=1", "--sigma", "err"], "say what --sigma means"),
    (["--formula", "y = a*time", "--start", "a=1", "--sigma-is", "absolute"], "--sigma-is belongs to --sigma"),
    (
      ["--formula", "y = a*time", "--start", "a=1", "--sigma", "err", "--sigma-is", "absolute", "--weights", "err"],
      "exclude each other"
    ),
    (["--formula", "y = a*time", "--start", "a=1", "--robust", "hubr"], "did you mean 'huber'?"),
    (["--formula", "y = a*time", "--start", "a=1", "--robust", "huber"], "write huber:scale=0.5"),
    (["--formula", "y = a*time", "--start", "a=1", "--starts", "5"], "--starts needs a range"),
    (["--formula", "y = a*time", "--start", "a=1", "--method", "tap"], "did you mean 'tape'?"),
    (["--formula", "y = a*time", "--start", "a=1", "--predictions", "p.csv"], "--predictions needs --predict"),
    (["--formula", "y = a*time", "--start", "a=1", "--plot", "fit.pdf"], "neither .svg nor .png"),
    (["--formula", "y = a*time", "--start", "a=1", "--save", "data.csv"], "is named twice"),
    (["--formula", "y = time"], "nothing is left to fit"),
    (["--formula", "y = a", "--model", "line"], "exclude each other"),
    (["--model", "gausian-peak"], "gaussian"),
  ]

  @Test("Wrong usage is exit code 64, with the way out", arguments: usage.indices)
  func wrongUsage(_ index: Int) throws {
    let (arguments, says) = Self.usage[index]
    try Tool.use { tool in
      try Data(Self.data.utf8).write(to: tool.folder.appending(path: "data.csv"))
      let run = try tool.run(["fit", "data.csv"] + arguments)
      #expect(run.exitCode == 64 && run.output.isEmpty, "\(run.errors)")
      #expect(run.errors.contains(says), "\(run.errors)")
    }
  }

  static let files: [(text: String, says: String)] = [
    ("x,y\n1,2\n2,x\n3,4\n", "data.csv:3: column 'y': 'x' is not a finite number"),
    ("x,y\n1,2\n\n2,\n3,4\n", "data.csv:4: column 'y': the cell is empty"),
    ("x,y\n1,2\n2,NA\n", "data.csv:3: column 'y': 'NA' is no number"),
    ("x,y\n1,2\n2,3,4\n", "data.csv:3: 3 cells where the header has 2"),
    ("x,y\r\n1,2\r\n2\r\n", "data.csv:3: 1 cell where the header has 2"),
    ("x,y\n1,2\n2,inf\n", "data.csv:3: column 'y': 'inf' is not a finite number"),
    ("x,y\n1,\"2\n", "quotation marks do not fit"), ("x,y\n", "there is a header and no rows"),
    ("", "the file is empty"), ("1,2\n3,4\n", "the first line holds numbers"), ("x,x\n1,2\n", "stands twice"),
    ("x,y\n1,2\n", "1 row cannot determine 2 parameters"),
    ("x,\"y\"\n1,2\n2,?\n", "data.csv:3: column 'y': '?' is no number"),
  ]

  @Test("Bad files are exit code 2, with line and column", arguments: files.indices)
  func badFiles(_ index: Int) throws {
    let (text, says) = Self.files[index]
    try Tool.use { tool in
      try Data(text.utf8).write(to: tool.folder.appending(path: "data.csv"))
      let run = try tool.run(["fit", "data.csv", "--formula", "y = a + b*x", "--start", "a=0,b=0"])
      #expect(run.exitCode == 2 && run.output.isEmpty)
      #expect(run.errors.contains(says), "\(run.errors)")
    }
  }

  @Test("A letter in the other case, names to be quoted, a file that is not divided")
  func columnNames() throws {
    let cases: [(file: String, formula: String, says: String)] = [
      ("x,y\n1,2\n2,3\n", "y = a*X", "'X' may be the column 'x'"),
      ("x [s],y (V)\n1,2\n2,3\n", "y = a*x", "has: `x [s]`, `y (V)`"),
      ("x y\n1 2\n2 3\n", "y = a*x", "cells are divided by commas, semicolons or tabs"),
      ("# mine\nx,y\n1,2\n", "y = a*x", "the header is the first line"),
    ]
    for (file, formula, says) in cases {
      try Tool.use { tool in
        try tool.write(file, to: "data.csv")
        let run = try tool.run(["fit", "data.csv", "--formula", formula, "--start", "a=1"])
        #expect(run.exitCode == 64 && run.errors.contains(says), "\(run.errors)")
      }
    }
  }

  @Test("Every form of a missing cell that the page names is one, and nothing else", arguments: [true, false])
  func missingCells(isQuoted: Bool) throws {
    try Tool.use { tool in
      let missing = ["", "NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "?"]
      func file(_ cell: String) -> String { "x,\(isQuoted ? "\"y\"" : "y")\n1,2\n2,\(cell)\n3,6\n5,10.5\n" }
      let line = ["fit", "data.csv", "--formula", "y = a*x", "--start", "a=1", "--missing", "skip", "--format", "json"]
      for cell in missing {
        try tool.write(file(cell), to: "data.csv")
        let run = try tool.run(line)
        #expect(try run.exitCode == 0 && JSONObject(run.output).numbers("skippedRows") == [2], "\(cell): \(run.errors)")
        #expect(try JSONObject(run.output).list("warnings").count == 1)
      }
      for cell in ["inf", "-", "none", "n.a.", "1,5"] {
        try tool.write(file("\"\(cell)\""), to: "data.csv")
        #expect(try tool.run(line).exitCode == 2, "\(cell)")
      }
    }
  }

  @Test("Rows that have no logarithm, and sigmas that are none, are named by their line")
  func badRows() throws {
    try Tool.use { tool in
      let text = "x,y,s\n1,2,1\n\n2,-1,0\n3,4,1\n"
      try Data(text.utf8).write(to: tool.folder.appending(path: "data.csv"))
      let log = try tool.run(["fit", "data.csv", "--formula", "log(y) = a + b*x", "--start", "a=0,b=0"])
      #expect(log.exitCode == 2 && log.errors.contains("data.csv:4: log(y) is nan for y = -1"))
      let sigma = try tool.run(
        ["fit", "data.csv", "--formula", "y = a + b*x", "--start", "a=0,b=0", "--sigma", "s", "--sigma-is", "relative"])
      #expect(sigma.exitCode == 2 && sigma.errors.contains("data.csv:4: the sigma of row 2 is 0"))
      let root = try tool.run(["fit", "data.csv", "--formula", "y = a*(x - b)^c", "--start", "a=1,b=2,c=0.5"])
      #expect(root.exitCode == 2 && root.errors.contains("(x - b)^c needs a base that is not negative"))
    }
  }

  @Test("Missing cells are left out where that is asked for, and counted")
  func leavesMissingOut() throws {
    try Tool.use { tool in
      let text = "x,y\n1,2\n2,NA\n3,6\n4,\n5,10.5\n"
      try Data(text.utf8).write(to: tool.folder.appending(path: "data.csv"))
      let line = ["fit", "data.csv", "--formula", "y = a*x", "--start", "a=1", "--missing", "skip"]
      let run = try tool.run(line + ["--format", "json"])
      #expect(run.exitCode == 0, "\(run.errors)")
      let json = try JSONObject(run.output)
      #expect(try json.integer("rows") == 3 && json.numbers("skippedRows") == [2, 4])
      #expect(try tool.run(line).output.contains("3 rows, 2 left out"))
    }
  }
}
