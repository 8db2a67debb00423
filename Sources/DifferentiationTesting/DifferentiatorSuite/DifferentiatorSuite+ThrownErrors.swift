// SPDX-License-Identifier: Apache-2.0

import DifferentiableScalars
import DifferentiationCore

/// The error that the suites' functions throw, to be recognised when it comes back.
struct PlannedError: Error, Equatable {
  let code: Int
}

// Errors of the function come back as they are.
extension DifferentiatorSuite {
  func checkThrownErrors() -> [ConformanceFailure] {
    let planned = PlannedError(code: 4711)
    let field = ThrowingField(error: planned)
    let given: TargetFunction.HandWritten = { _ in [[1, 1]] }
    let f = TargetFunction(.field(field.erased), handWritten: given)
    var found: [ConformanceFailure] = []
    for request in DerivativeRequest.all(inputs: 2, outputs: 1)
    where !request.isSecondOrder || differentiator.traits.secondOrder {
      found += expectPlanned("a function that always throws: \(request)", planned) {
        _ = try request.ask(differentiator, f, at: [1.5, -2])
      }
    }
    if differentiator.traits.takesBlackBoxes {
      let blackBox = TargetFunction(.blackBoxVector { _ in throw planned }, handWritten: given)
      found += expectPlanned("a black box that always throws", planned) {
        _ = try differentiator.jacobian(of: blackBox, at: [1.5, -2])
      }
    }
    guard !isGiven else { return found }
    found += expectPlanned("a function that always throws: gradient into a buffer", planned) {
      var gradient: [Double] = []
      _ = try differentiator.gradient(of: field.erased, at: [1.5, -2], into: &gradient)
    }
    return found + checkBorder()
  }

  /// A function that throws beyond the point: a method that stays at the point is right; one that goes beyond must
  /// either be right from the other side or let the error through.
  private func checkBorder() -> [ConformanceFailure] {
    let planned = PlannedError(code: 4712)
    let scenario = DifferentiationScenario(
      "a function that throws for x > 2", TargetFunction(BorderedSquare(error: planned, border: 2)), at: [2],
      jacobian: [[4]], hessian: [[2]], valueSizes: [4], provenance: "f = x² for x ≤ 2")
    do {
      let result = try differentiator.jacobian(of: scenario.function, at: scenario.point)
      return checkResult(result, .jacobian, scenario, rule: .jacobian, place: scenario.name)
    } catch let error as PlannedError where error == planned && differentiator.traits.accuracy != .exact {
      return []
    } catch {
      return [failure(.thrownError, scenario.name, expected: "4, or \(planned) itself", found: "the error: \(error)")]
    }
  }

  private func expectPlanned(
    _ place: String, _ planned: PlannedError, _ body: () throws -> Void
  ) -> [ConformanceFailure] {
    do {
      try body()
      return [failure(.thrownError, place, expected: "the error \(planned)", found: "a result")]
    } catch let error as PlannedError where error == planned {
      return []
    } catch {
      return [failure(.thrownError, place, expected: "the error \(planned) itself", found: "the error: \(error)")]
    }
  }
}

private struct ThrowingField: ScalarField {
  let error: PlannedError
  func callAsFunction<S: DifferentiableScalar>(_ x: [S]) throws -> S { throw error }
}

private struct BorderedSquare: UnivariateFunction {
  let error: PlannedError
  let border: Double
  func callAsFunction<S: DifferentiableScalar>(_ x: S) throws -> S {
    guard x.primal <= border else { throw error }
    return x * x
  }
}
