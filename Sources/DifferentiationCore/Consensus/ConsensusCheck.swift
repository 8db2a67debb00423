// SPDX-License-Identifier: Apache-2.0

/// Differentiates a function by several methods and says whether they agree, and if not, who is wrong and why.
///
/// ```swift
/// let check = ConsensusCheck(methods: [tape, dual, differences])
/// let report = try check.run(TargetFunction(f, gradient: myGradient), at: x)
/// try report.requireAgreement()
/// ```
///
/// Every component is compared between all methods by one ``ToleranceRule``, within the methods' own error estimates.
/// Where they differ, the slopes of the function's own values on both sides decide: a kink accepts what lies between
/// them; otherwise the methods outside the largest group of independent witnesses are to blame.
///
/// Cost: the gradients, four further evaluations, one recording of generic code with a sweep an output, and about
/// ninety evaluations for each disputed component; some hundred more where differences miss their estimate, some
/// thousand derivatives where an exact method is to be blamed.
public struct ConsensusCheck: Sendable {
  /// The methods to compare.
  public var methods: [any Differentiator]
  /// When two values agree.
  public var rule: ToleranceRule
  /// With more inputs than this, methods that need a pass for every input are compared along random directions first,
  /// and component by component only where a direction disagrees.
  public var componentLimit: Int
  /// The number of random directions for that.
  public var directionCount: Int
  /// Once so many components have broken the agreement, further disputed ones are counted and not looked into.
  public var disputeLimit: Int
  /// The seed of the directions and of planted errors.
  public var seed: UInt64
  /// Whether the report keeps every component (``CheckReport/details``), and not only what did not agree.
  public var keepsComponents = false

  /// A check of methods.
  public init(
    methods: [any Differentiator], rule: ToleranceRule = ToleranceRule(), componentLimit: Int = 2000,
    directionCount: Int = 8, disputeLimit: Int = 64, seed: UInt64 = 0
  ) {
    self.methods = methods
    self.rule = rule
    self.componentLimit = componentLimit
    self.directionCount = directionCount
    self.disputeLimit = disputeLimit
    self.seed = seed
  }

  /// Compares the methods at a point.
  ///
  /// A derivative written by hand beside the function takes part as the method `hand-written`. What a single method
  /// cannot do is in the report.
  ///
  /// - Throws: the function's own error at the point; ``DifferentiationError/shape(what:expected:found:)`` where the
  ///   point does not fit the function's parameters.
  public func run(_ f: TargetFunction, at x: [Double]) throws -> CheckReport {
    try Requirements.layout(f, x)
    let methods = allMethods(f)
    switch try PlainValue(f, x) {
    case .value(let plain):
      let evidence = gather(methods, f, x, plain)
      let report = report(evidence, ProbeCache(f, x, plain))
      // What the methods did to the function's state shows only now.
      guard let difference = try PlainValue.difference(f, x, from: plain) else { return report }
      return empty(.notDeterministic, difference, value: plain, methods: methods)
    case .failed(let verdict, let summary, let value):
      return empty(verdict, summary, value: value, methods: methods)
    }
  }

  /// The methods, and the derivative written by hand where there is one.
  func allMethods(_ f: TargetFunction) -> [any Differentiator] {
    guard let given = f.handWritten else { return methods }
    return [GivenDerivative(given: given)] + methods
  }

  /// Runs the methods, along random directions where that is enough.
  func gather(_ methods: [any Differentiator], _ f: TargetFunction, _ x: [Double], _ plain: [Double]) -> Evidence {
    let terms = Recording(f, x)?.termSizes()
    var evidence = Evidence(f: f, x: x, plain: plain, terms: terms)
    let hasFullRow = methods.contains { !needsPassPerInput($0) }
    guard x.count > componentLimit, hasFullRow else {
      evidence.results = methods.map { MethodResult($0, f, x) }
      evidence.nameApart()
      return evidence
    }
    let full = methods.map { needsPassPerInput($0) ? nil : MethodResult($0, f, x) }
    let screen = DirectionScreen(count: directionCount, seed: seed, rule: rule, terms: terms)
    evidence.results = zip(methods, full).map { method, result in
      if let result { return result }
      evidence.directions = directionCount
      let outcome = screen.run(method, against: full.compactMap { $0 }, f, x)
      evidence.screened.append(contentsOf: outcome.worst.map { [$0] } ?? [])
      // What directions do not let pass is compared component by component.
      return outcome.passed ? outcome.result : MethodResult(method, f, x).adding(outcome.result)
    }
    evidence.nameApart()
    return evidence
  }

  private func needsPassPerInput(_ method: any Differentiator) -> Bool {
    method.traits.mode == .forward || method.traits.mode == .differences
  }

  private func empty(
    _ verdict: Verdict, _ summary: String, value: [Double], methods: [any Differentiator]
  ) -> CheckReport {
    CheckReport(
      verdict: verdict, summary: summary, value: value,
      methods: methods.map {
        MethodReport(
          name: $0.name, ruleFamily: $0.traits.ruleFamily, participation: .notAsked, evaluations: 0, seconds: 0,
          failure: nil, blamed: 0, value: nil)
      },
      components: 0, totalComponents: 0, screenedComponents: 0, families: 0, comparisons: 0, zeroComponents: 0,
      inconclusiveComponents: 0, worst: nil, findings: [], details: [], directions: 0, probes: 0, unexamined: 0,
      rule: rule, ruleText: rule.text)
  }
}

/// All that is held against each other: the function's values and the methods' results.
struct Evidence {
  let f: TargetFunction
  let x: [Double]
  let plain: [Double]
  /// The size of the terms of each component; nil for a black box.
  let terms: [[Double]]?
  var results: [MethodResult] = []
  var directions = 0
  /// The closest call of each method that was screened.
  var screened: [Comparison] = []

  init(f: TargetFunction, x: [Double], plain: [Double], terms: [[Double]]?) {
    self.f = f
    self.x = x
    self.plain = plain
    self.terms = terms
  }

  /// The methods whose results can be compared component by component.
  var taking: [Int] { results.indices.filter { results[$0].rows != nil } }

  /// Two methods of one name are told apart by a number.
  mutating func nameApart() {
    var seen: [String: Int] = [:]
    for i in results.indices {
      let count = seen[results[i].name, default: 0] + 1
      seen[results[i].name] = count
      if count > 1 { results[i].name += "#\(count)" }
    }
  }

  /// A component as the methods see it.
  func component(_ i: Int, _ j: Int, of methods: [Int]) -> Case {
    var size = 0.0
    if let terms, terms.indices.contains(i), terms[i].indices.contains(j) { size = terms[i][j] }
    // Terms whose sum overflows are known to no size, and must not excuse every difference.
    if !size.isFinite { size = 0 }
    return Case(
      row: i, column: j, testimonies: methods.map { results[$0].testimony(method: $0, row: i, column: j) }, terms: size)
  }

  /// The name of a component: a parameter's, or `y[2]/x[0]` for several outputs.
  func name(_ i: Int, _ j: Int) -> String {
    plain.count == 1 ? f.inputName(j) : "y[\(i)]/\(f.inputName(j))"
  }

  /// The (upper) median over the methods of the largest finite component: one of three gone wild does not loosen
  /// anything, and of two the larger counts, because the other may be zero by mistake.
  var typicalLargest: Double {
    let largest = results.compactMap(\.rows).map { rows in
      rows.reduce(0.0) { max($0, $1.reduce(0.0) { $1.isFinite ? max($0, $1.magnitude) : $0 }) }
    }.sorted()
    return largest.isEmpty ? 0 : largest[largest.count / 2]
  }
}
