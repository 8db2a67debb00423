// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("The certified problems on the command line")
struct NistTests {
  @Test("Every fit from formulas alone has ten digits, and so has every standard error")
  func nonlinear() throws {
    try Tool.use { tool in
      let run = try tool("nist --set nonlinear --format json")
      #expect(run.exitCode == 0)
      let json = try JSONObject(run.output)
      let runs = try json.objects("runs")
      #expect(runs.count == 54)
      for fit in runs {
        #expect(try fit.number("digits") >= 10, "\(fit)")
        #expect(try fit.number("errorDigits") >= 10, "\(fit)")
        #expect(try fit.text("status") == "converged" && fit.integer("evaluations") > 0)
      }
      let summary = try json.objects("summary")
      #expect(try summary.count == 1 && summary[0].integer("digits10") == 54 && summary[0].integer("wrong") == 0)
    }
  }

  @Test("Every linear set has nine digits, Filip seven, and all are called converged")
  func linear() throws {
    try Tool.use { tool in
      let run = try tool("nist --set linear --format json")
      #expect(run.exitCode == 0)
      let runs = try JSONObject(run.output).objects("runs")
      #expect(runs.count == 11)
      for fit in runs {
        let least = try fit.text("problem") == "Filip" ? 7.0 : 9
        #expect(try fit.number("digits") >= least && fit.text("status") == "converged", "\(fit)")
      }
    }
  }

  @Test("One problem by other methods; names that do not exist")
  func selection() throws {
    try Tool.use { tool in
      let run = try tool("nist --problem misra1a --method exact,complex-step --start 2")
      #expect(run.exitCode == 0 && run.output.contains("complex-step"))
      #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
      let csv = try tool("nist --problem Norris,Longley --format csv")
      #expect(cells(ofCSV: csv.output).count == 3)
      let unknown = try tool("nist --problem Misra1x")
      #expect(unknown.exitCode == 64 && unknown.errors.contains("did you mean 'Misra1a'?"))
      #expect(try tool("nist --set linear --start 2").exitCode == 64)
    }
  }
}
