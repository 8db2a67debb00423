// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore
import Synchronization

// How each flaw shows.
extension WrongDifferentiator {
  /// A vector filled up or cut, for the flaw that forgives lengths.
  func fitted(_ v: [Double], to count: Int) -> [Double] {
    flaw == .forgivenLengths ? Array((v + Array(repeating: 0, count: count)).prefix(count)) : v
  }

  /// The call, with the flaws in the handling of errors.
  func guarded(
    _ f: TargetFunction, _ x: [Double], _ body: () throws -> DerivativeResult
  ) throws -> DerivativeResult {
    do {
      return try body()
    } catch let error as DifferentiationError {
      throw error
    } catch {
      switch flaw {
      case .swallowedError:
        return DerivativeResult(method: name, value: [.nan], rows: [x.map { _ in .nan }], evaluations: 1)
      case .replacedError: throw DifferentiationError.notFinite(what: "the function", place: "the point")
      default: throw error
      }
    }
  }

  /// The flaws of first derivatives.
  func spoilFirstOrder(_ result: inout DerivativeResult) {
    func change(_ transform: (Double) -> Double) { result.rows = result.rows.map { $0.map(transform) } }
    switch flaw {
    case .wrongSign: change { -$0 }
    case .factorTwo: change { 2 * $0 }
    case .onePercent: change { 1.01 * $0 }
    case .onePartInABillion: change { (1 + 1e-9) * $0 }
    case .zeroGradient: change { _ in 0 }
    case .notANumber:
      for i in result.rows.indices where !result.rows[i].isEmpty { result.rows[i][result.rows[i].count - 1] = .nan }
    case .swappedComponents:
      for i in result.rows.indices where result.rows[i].count > 1 { result.rows[i].swapAt(0, 1) }
    case .missingRow: result.rows = Array(result.rows.dropLast())
    case .accumulation:
      memory.sum.withLock { sum in
        let fits = sum.count == result.rows.count && zip(sum, result.rows).allSatisfy { $0.count == $1.count }
        sum = fits ? zip(sum, result.rows).map { zip($0, $1).map { $0 + $1 } } : result.rows
        result.rows = sum
      }
    case .driftingAnswers:
      let call = memory.calls.withLock {
        $0 += 1
        return $0
      }
      change { $0 * (1 + Double(call % 2) * 0x1p-52) }
    case .uselessEstimates: result.errors = result.rows.map { $0.map { 10 + 10 * $0.magnitude } }
    default: break
    }
  }

  /// The flaws that every result shows.
  func finished(_ result: DerivativeResult, _ f: TargetFunction, _ x: [Double]) -> DerivativeResult {
    var result = result
    result.method = flaw == .foreignName ? base.name : name
    switch flaw {
    case .wrongValue:
      if let shifted = try? f.value(at: x.map { $0 + 1e-6 * max(1, $0.magnitude) }) { result.value = shifted }
    case .noEvaluations: result.evaluations = 0
    case .emptyAtInfinity: if !x.allSatisfy(\.isFinite) { result.rows = [] }
    case .uselessEstimates where result.errors == nil:
      result.errors = result.rows.map { $0.map { 10 + 10 * $0.magnitude } }
    default: break
    }
    return result
  }
}
