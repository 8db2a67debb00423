// SPDX-License-Identifier: Apache-2.0

/// Slope probes of one function at one point, each taken once; the outputs share their evaluations.
final class ProbeCache {
  private struct Place: Hashable {
    let row: Int
    let column: Int
  }

  private let f: TargetFunction
  private let x: [Double]
  private let value: [Double]
  private var known: [Place: SlopeProbe] = [:]
  private var column = -1
  private var samples: [UInt64: [Double]] = [:]

  init(_ f: TargetFunction, _ x: [Double], _ value: [Double]) {
    self.f = f
    self.x = x
    self.value = value
  }

  /// The number of probes taken.
  var count: Int { known.count }

  /// The slopes of output i along input j. An error thrown by f counts as a point where it has no value.
  func probe(row i: Int, column j: Int) -> SlopeProbe {
    let place = Place(row: i, column: j)
    if let probe = known[place] { return probe }
    if column != j {
      column = j
      samples = [:]
    }
    var point = x
    let probe = SlopeProbe(
      { t in
        if let values = self.samples[t.bitPattern] { return values.indices.contains(i) ? values[i] : nil }
        point[j] = t
        let values = (try? self.f.value(at: point)) ?? []
        // One output needs no memory of its samples.
        if self.value.count > 1 { self.samples[t.bitPattern] = values }
        return values.indices.contains(i) ? values[i] : nil
      }, at: x[j], value: value[i])
    known[place] = probe
    return probe
  }
}
