// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Testing

@Suite("No command writes over what it reads")
struct OverwriteTests {
  @Test(arguments: [
    "check --model line --data d.csv --target y --format csv --output d.csv",
    "gradient --model line --data d.csv --target y --format csv --output d.csv",
    "train --model line --data d.csv --target y --epochs 2 --save d.csv",
    "train --model line --data d.csv --target y --epochs 2 --output ./d.csv",
    "predict m.json d.csv --format csv --output d.csv", "predict m.json d.csv --format csv --output m.json",
    "train --resume c.json --epochs 4 --save c.json", "train --resume c.json --epochs 4 --format json --output c.json",
    "train --resume c.json --epochs 4 --checkpoint c.json --save d.csv",
  ])
  func refused(line: String) throws {
    try Tool.use { tool in
      try tool.write("x,y\n" + (0..<20).map { "\($0),\(2 * $0 + 1)\n" }.joined(), to: "d.csv")
      let made = try tool("train --model line --data d.csv --target y --epochs 2 --checkpoint c.json --save m.json -q")
      #expect(made.exitCode == 0, "\(made.errors)")
      let before = try ["d.csv", "c.json", "m.json"].map(tool.read)
      let run = try tool(line)
      #expect(run.exitCode == 64 && run.errors.contains("would write over"), "\(run.errors)")
      #expect(try ["d.csv", "c.json", "m.json"].map(tool.read) == before)
    }
  }

  @Test("A checkpoint that is gone on with may be written again, and keeps the spot check")
  func resumed() throws {
    try Tool.use { tool in
      let setting = "train --model line --data line --epochs 3 --spot-check 2 --checkpoint c.json -q"
      #expect(try tool(setting).exitCode == 0)
      let run = try tool("train --resume c.json --epochs 6 --checkpoint c.json --format json")
      #expect(run.exitCode == 0, "\(run.errors)")
      #expect(try JSONObject(run.output).object("spotChecks").integer("count") > 0)
    }
  }

  @Test("A training whose figures are not finite is no success")
  func infinite() throws {
    try Tool.use { tool in
      try tool.write("x,y\n" + (0..<20).map { "\($0)e200,\($0)\n" }.joined(), to: "d.csv")
      let run = try tool("train --model line --data d.csv --target y --epochs 2 --scale none --optimizer sgd:lr=1e-300")
      #expect(run.exitCode == 1, "\(run.output)")
      #expect(run.output.contains("of no use") || run.output.contains("diverged"), "\(run.output)")
    }
  }
}
