// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Testing

private struct Pair: VectorFunction {
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) -> [S] {
    [x[0] * S.exp(x[1]) + S.sin(x[2]), x[0] * x[1] * x[2]]
  }
}

@Suite("Nothing that is not a number passes for agreement")
struct NotFiniteTests {
  static let numbers: [Double] = [.nan, .infinity, -.infinity]
  private let point = [0.8, -0.4, 1.7]

  private func report(
    host: Int, of methods: [any Differentiator], _ change: @escaping @Sendable (inout DerivativeResult) -> Void
  ) throws -> (report: CheckReport, host: String) {
    var methods = methods
    methods[host] = WrongDifferentiator(methods[host], change)
    return (try ConsensusCheck(methods: methods).run(TargetFunction(Pair()), at: point), methods[host].name)
  }

  /// All five, and each of them with one partner only.
  private func companies(host: Int) throws -> [(methods: [any Differentiator], host: Int)] {
    let all = try allMethods()
    return [(all, host)] + all.indices.filter { $0 != host }.map { ([all[host], all[$0]], 0) }
  }

  @Test("in a component: method and component are named", arguments: numbers, 0..<5)
  func components(number: Double, host: Int) throws {
    for company in try companies(host: host) {
      for i in 0..<2 {
        for j in 0..<3 {
          let (report, name) = try report(host: company.host, of: company.methods) { $0.rows[i][j] = number }
          #expect(report.verdict != .agree && report.verdict != .vacuous && report.verdict.exitCode != 0)
          let breaking = report.findings.filter(\.breaksAgreement)
          #expect(breaking.map(\.parameter) == ["y[\(i)]/x[\(j)]"])
          #expect(breaking.map(\.blamed) == [[name]])
          #expect(breaking.first?.explanation.contains(name) == true)
          #expect(breaking.first?.explanation.contains("y[\(i)]/x[\(j)]") == true)
          #expect(throws: CheckFailure.self) { try report.requireAgreement() }
        }
      }
    }
  }

  @Test("in an error estimate: NaN and negative are none, an infinite one is an honest do-not-know", arguments: 0..<5)
  func errors(host: Int) throws {
    for company in try companies(host: host) {
      for i in 0..<2 {
        for j in 0..<3 {
          for number: Double in [.nan, -1, -.infinity] {
            let (report, name) = try report(host: company.host, of: company.methods) { result in
              var errors: [[Double]] = result.errors ?? result.rows.map { $0.map { _ in 0.0 } }
              errors[i][j] = number
              result.errors = errors
            }
            #expect(report.verdict != .agree && report.verdict.exitCode != 0)
            let breaking = report.findings.filter(\.breaksAgreement)
            #expect(breaking.map(\.parameter) == ["y[\(i)]/x[\(j)]"] && breaking.map(\.blamed) == [[name]])
          }
        }
      }
    }
  }

  @Test("with an infinite error beside a wrong value, the values of the function still find it", arguments: 0..<5)
  func infiniteError(host: Int) throws {
    let all = try allMethods()
    for partner in all.indices where partner != host {
      let (report, _) = try report(host: 0, of: [all[host], all[partner]]) { result in
        result.errors = result.rows.map { $0.map { _ in Double.infinity } }
      }
      // The partner is right, and only the function's own values can say so.
      #expect(report.findings.allSatisfy { !$0.breaksAgreement && $0.cause == .inconclusive })
      #expect(report.findings.count == 6)
      let uncertain = WrongDifferentiator(all[host]) { result in
        result.errors = result.rows.map { $0.map { _ in Double.infinity } }
      }
      let (wrong, _) = try self.report(host: 1, of: [uncertain, all[partner]]) { result in
        // Where the method is asked again along a line, there is one component only.
        let (i, j) = result.rows.count == 2 ? (1, 2) : (0, 0)
        result.rows[i][j] = 2 * result.rows[i][j]
      }
      #expect(wrong.verdict == .disagree)
      #expect(wrong.findings.first { $0.breaksAgreement }?.parameter == "y[1]/x[2]")
      #expect(wrong.methods.map(\.blamed) == [0, 1])
    }
  }

  @Test("in the value that a method gives", arguments: numbers, 0..<5)
  func values(number: Double, host: Int) throws {
    for company in try companies(host: host) {
      for i in 0..<2 {
        let (report, name) = try report(host: company.host, of: company.methods) { $0.value[i] = number }
        #expect(report.verdict == .disagree)
        #expect(report.summary.contains(name))
      }
    }
  }

  @Test("rows, components, values and estimates that are missing", arguments: 0..<5)
  func missing(host: Int) throws {
    let holes: [@Sendable (inout DerivativeResult) -> Void] = [
      { $0.rows.removeLast() }, { $0.rows = [] }, { $0.rows[0].removeLast() }, { $0.rows[1].append(0) },
      { $0.rows.append($0.rows[0]) }, { $0.value.removeLast() }, { $0.value = [] },
      { $0.errors = [[0, 0, 0]] }, { $0.errors = [] }, { $0.errors = [[0, 0], [0, 0, 0]] },
    ]
    for company in try companies(host: host) {
      for hole in holes {
        let (report, name) = try report(host: company.host, of: company.methods, hole)
        #expect(report.verdict != .agree && report.verdict != .vacuous)
        #expect(report.methods[company.host].blamed > 0 || report.summary.contains(name))
      }
    }
  }
}
