// SPDX-License-Identifier: Apache-2.0

extension FitRun {
  /// A standard error so far beyond any size that the parameter has had that no step in it would have been seen: the data
  /// say nothing of it, whatever the rank. It ran off to where the curve no longer depends on it, or sits where its
  /// derivative vanishes. (A parameter near 0 may have an error many times its value; sixteen digits more it has not.)
  ///
  /// A curve through all points leaves no error to go by. There the last bit of the data would have to move the parameter
  /// by more than its size, by a derivative that was far larger at the start: a curve without it goes through all, too.
  func flagRunaways(_ result: inout FitResult, _ start: [Double], _ solution: Solution) throws {
    guard result.status.isSuccess else { return }
    for index in result.parameters.indices where !result.parameters[index].fixed {
      let parameter = result.parameters[index]
      let size = max(parameter.value.magnitude, start[index].magnitude, 1)
      guard let error = parameter.standardError,
        try error > 1e16 * size || isLost(index, solution)
          || error < 1e-12 * size && hasVanished(index, size, start, solution)
      else { continue }
      let ranOff = parameter.value.magnitude > 1e6 * max(start[index].magnitude, .leastNormalMagnitude)
      result.status = ranOff ? .diverged : .singular
      result.undetermined = [parameter.name: 1]
      result.parameters[index].standardError = nil
      result.parameters[index].tStatistic = nil
      result.parameters[index].pValue = nil
      result.parameters[index].lower = nil
      result.parameters[index].upper = nil
    }
  }

  /// Whether the last bit of the data moves a parameter by more than a thousandth of itself or of its start's size: then
  /// they do not determine it, whatever its error is.
  private func isLost(_ index: Int, _ solution: Solution) -> Bool {
    guard let polished = solution.polished, let place = solution.problem.rows.free.firstIndex(of: index),
      polished.u.indices.contains(place), polished.point.sensitivity.indices.contains(place)
    else { return false }
    return Double.ulpOfOne * polished.point.sensitivity[place] > 1e-3 * max(polished.u[place].magnitude, 1)
  }

  /// Whether the curve no longer depends on a parameter on which it depended at the start.
  private func hasVanished(_ index: Int, _ size: Double, _ start: [Double], _ solution: Solution) throws -> Bool {
    let problem = solution.problem
    guard let point = solution.polished?.point, point.rank == solution.u.count,
      let place = problem.rows.free.firstIndex(of: index),
      point.sensitivity[place] * problem.scales[place] > 1e16 * size
    else { return false }
    let first = zip(problem.rows.free, problem.scales).map { start[$0] / $1 }
    guard let line = try problem.linearization(first) else { return false }
    let column = line.columns[(place * problem.rows.count)..<((place + 1) * problem.rows.count)]
    let norm = column.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return point.norms[place] < 1e-12 * norm
  }
}
