// SPDX-License-Identifier: Apache-2.0

import Differentiation

/// y = c + Σ hᵢ exp(-((x - pᵢ)/w)²/2): bumps of one width, each with a height and a place.
///
/// All that a model is: names and shapes of its parameters, how many inputs and outputs it has, and one generic call.
/// Every method differentiates it, every optimizer trains it.
struct Bumps: Model {
  /// How many bumps.
  let count: Int
  /// Their width; a choice, and not learnt.
  let width: Double
  /// What makes it again: `bumps:count=5`.
  let specification: String
  /// height1, place1, height2, place2, …, and the offset.
  let parameters: ParameterLayout

  let inputCount = 1
  let outputCount = 1
  let outputKind = OutputKind.real

  init(count: Int, width: Double, specification: String) {
    self.count = count
    self.width = width
    self.specification = specification
    parameters = ParameterLayout(
      (1...count).flatMap {
        [ParameterGroup("height\($0)", role: .weight), ParameterGroup("place\($0)", role: .weight)]
      } + [ParameterGroup("offset", role: .bias)])
  }

  /// The output for one sample. `S` is a plain number, a dual number, a variable of a tape, …: only its own functions are
  /// used, so that no derivative is lost. Slices keep the indices of where they were cut from.
  func callAsFunction<S: DifferentiableScalar>(parameters: ArraySlice<S>, input: ArraySlice<S>) throws -> [S] {
    try validate(parameterCount: parameters.count, inputCount: input.count)
    let first = parameters.startIndex
    let x = input[input.startIndex]
    var y = parameters[first + 2 * count]
    for bump in 0..<count {
      let (height, place) = (parameters[first + 2 * bump], parameters[first + 2 * bump + 1])
      let distance = (x - place) / S(width)
      y += height * S.exp(-0.5 * (distance * distance))
    }
    return [y]
  }

  /// The registry's entry: the name that a user types, and the options with defaults and bounds.
  static var entry: CatalogEntry<AnyModel> {
    CatalogEntry(
      "bumps", summary: "a sum of bumps of one width",
      options: [
        .integer("count", default: 3, in: 1...1000, "number of bumps"),
        .number("width", default: 1, in: 1e-3...1e3, "width of each"),
      ]
    ) { options in
      Bumps(
        count: try options.integer("count"), width: try options.number("width"), specification: options.specification
      ).erased
    }
  }
}
