// SPDX-License-Identifier: Apache-2.0

extension PlotField {
  /// The lines on which the values are a level, by linear interpolation along the grid's edges (marching squares), with a
  /// point that is not a number between two lines: what a series of lines draws as a gap.
  ///
  /// Cost: linear in the number of values.
  public func contour(at level: Double) -> [PlotPoint] {
    let segments = segments(at: level)
    var neighbours: [Edge: [Edge]] = [:]
    for (a, b) in segments {
      neighbours[a, default: []].append(b)
      neighbours[b, default: []].append(a)
    }
    var visited: Set<Edge> = []
    var points: [PlotPoint] = []
    // Open lines from their ends first; what is left is closed.
    let edges = segments.flatMap { [$0.0, $0.1] }
    for start in edges.filter({ neighbours[$0]?.count == 1 }) + edges where !visited.contains(start) {
      if !points.isEmpty { points.append(PlotPoint(.nan, .nan)) }
      var edge: Edge? = start
      var last = start
      while let here = edge {
        visited.insert(here)
        points.append(crossing(here, level))
        last = here
        edge = neighbours[here]?.first { !visited.contains($0) }
      }
      if last != start, neighbours[start]?.count == 2, neighbours[last]?.contains(start) == true {
        points.append(crossing(start, level))
      }
    }
    return points
  }

  /// An edge of the grid: from a place to the next one on the right, or above.
  private struct Edge: Hashable {
    let row: Int
    let column: Int
    let isHorizontal: Bool
  }

  /// Where the level's lines go through cells: two edges each.
  private func segments(at level: Double) -> [(Edge, Edge)] {
    var segments: [(Edge, Edge)] = []
    for r in values.indices.dropLast() {
      for c in values[r].indices.dropLast() {
        let corners = [values[r][c], values[r][c + 1], values[r + 1][c + 1], values[r + 1][c]]
        guard corners.allSatisfy(\.isFinite) else { continue }
        let isAbove = corners.map { $0 >= level }
        let edges = [
          Edge(row: r, column: c, isHorizontal: true), Edge(row: r, column: c + 1, isHorizontal: false),
          Edge(row: r + 1, column: c, isHorizontal: true), Edge(row: r, column: c, isHorizontal: false),
        ]
        let crossed = (0..<4).filter { isAbove[$0] != isAbove[($0 + 1) % 4] }
        if crossed.count == 2 {
          segments.append((edges[crossed[0]], edges[crossed[1]]))
        } else if crossed.count == 4 {
          // A saddle: the mean says which corners belong together.
          let joinsFirst = (corners.reduce(0, +) / 4 >= level) == isAbove[0]
          segments +=
            joinsFirst ? [(edges[0], edges[1]), (edges[2], edges[3])] : [(edges[3], edges[0]), (edges[1], edges[2])]
        }
      }
    }
    return segments
  }

  private func crossing(_ edge: Edge, _ level: Double) -> PlotPoint {
    let (r, c) = (edge.row, edge.column)
    let (a, b) = (values[r][c], edge.isHorizontal ? values[r][c + 1] : values[r + 1][c])
    let t = b == a ? 0.5 : (level - a) / (b - a)
    func between(_ from: Double, _ to: Double) -> Double { from + t * (to - from) }
    return edge.isHorizontal
      ? PlotPoint(between(place(column: c), place(column: c + 1)), place(row: r))
      : PlotPoint(place(column: c), between(place(row: r), place(row: r + 1)))
  }
}
