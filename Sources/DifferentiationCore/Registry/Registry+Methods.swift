// SPDX-License-Identifier: Apache-2.0

extension Registry {
  /// The names of the registered methods that meet a need, in order.
  public func methods(meeting need: DifferentiatorNeed) -> [String] {
    differentiators.names.filter { name in
      (try? differentiators.make(name)).map { need.isMet(by: $0.traits) } ?? false
    }
  }

  /// The error with the names of the methods here that can do what was asked for.
  public func naming(_ error: DifferentiationError) -> DifferentiationError {
    guard case .unsupported(let method, let request, let reason, let needs, let alternatives) = error,
      alternatives.isEmpty
    else { return error }
    return .unsupported(
      method: method, request: request, reason: reason, needs: needs, alternatives: methods(meeting: needs))
  }
}
