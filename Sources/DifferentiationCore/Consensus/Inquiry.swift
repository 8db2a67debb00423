// SPDX-License-Identifier: Apache-2.0

/// What the judge may ask beyond values and error bars.
struct Inquiry {
  /// |f| / max(|x|, 1): what a slope of ordinary size is.
  let valuePerInput: Double
  /// What is wrong with the step of a difference quotient, given the slope that it should have found; nil where no
  /// step would help.
  let faultOfStep: (Testimony, Double) -> Cause?
  /// Whether the slope of exact methods, in that many families, is the derivative around the point, in a dispute of this
  /// width.
  let holdsNearby: (Testimony, _ families: Int, _ width: Double) -> Bool
}

extension ConsensusCheck {
  /// What can be asked about one component.
  func inquiry(_ c: Case, _ evidence: Evidence) -> Inquiry {
    let (f, x, value) = (evidence.f, evidence.x, evidence.plain[c.row])
    return Inquiry(
      valuePerInput: value.magnitude / max(x[c.column].magnitude, 1),
      faultOfStep: { t, slope in
        guard let method = evidence.results[t.method].method else { return .truncation }
        let trial = StepTrial(method: method, f: f, x: x, row: c.row, column: c.column)
        return trial.fault(found: t.value, slope: slope)
      },
      holdsNearby: { t, families, width in
        guard let method = evidence.results[t.method].method else { return false }
        let vicinity = Vicinity(method: method, f: f, x: x, row: c.row, column: c.column, value: value)
        return vicinity.supports(t.value, within: width / 4, atAnyDistance: families >= 2)
      })
  }
}
