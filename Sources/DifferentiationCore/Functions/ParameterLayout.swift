// SPDX-License-Identifier: Apache-2.0

/// One named block of a flat parameter vector: a weight matrix, a bias, a scalar.
public struct ParameterGroup: Sendable, Codable, Equatable {
  /// What the block is to its layer; initialisers and weight penalties ask.
  public enum Role: String, Sendable, Codable {
    /// A matrix (outputs × inputs) or a factor of an input.
    case weight
    /// An offset.
    case bias
  }

  /// The name, such as `layers.0.weight`.
  public let name: String

  /// The extents, row-major; empty for a scalar.
  public let shape: [Int]

  /// Weight or bias.
  public let role: Role

  /// The number of inputs that a unit of this layer sees, for initialisers scaled by it.
  public let fanIn: Int

  /// The number of units of this layer.
  public let fanOut: Int

  /// A block with its name and shape.
  public init(_ name: String, shape: [Int] = [], role: Role, fanIn: Int = 1, fanOut: Int = 1) {
    self.name = name
    self.shape = shape
    self.role = role
    self.fanIn = fanIn
    self.fanOut = fanOut
  }

  /// The number of parameters in the block.
  public var count: Int { shape.reduce(1, *) }

  /// The name of one element: `layers.0.weight[3,1]`, or the block's own name for a scalar.
  public func elementName(_ index: Int) -> String {
    guard !shape.isEmpty else { return name }
    var remainder = index
    var indices: [String] = []
    for extent in shape.reversed() {
      indices.append(String(remainder % extent))
      remainder /= extent
    }
    return "\(name)[\(indices.reversed().joined(separator: ","))]"
  }
}

/// The names and shapes of a flat parameter vector.
public struct ParameterLayout: Sendable, Codable, Equatable {
  /// The blocks, in order.
  public let groups: [ParameterGroup]

  /// Where each block starts; one more element at the end holds the count.
  private let offsets: [Int]

  /// A layout of blocks in order.
  public init(_ groups: [ParameterGroup]) {
    self.groups = groups
    offsets = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  /// A layout of scalars with these names.
  public init(names: [String]) { self.init(names.map { ParameterGroup($0, role: .weight) }) }

  /// The number of parameters.
  public var count: Int { offsets[offsets.count - 1] }

  /// The elements of one block in the flat vector.
  public func range(ofGroup index: Int) -> Range<Int> { offsets[index]..<offsets[index + 1] }

  /// The name of one parameter: `layers.0.weight[3,1]`.
  public func name(of index: Int) -> String {
    guard index >= 0, index < count else { return "parameter[\(index)]" }
    var group = 0
    while offsets[group + 1] <= index { group += 1 }
    return groups[group].elementName(index - offsets[group])
  }

  /// The names of all parameters.
  public var names: [String] { groups.flatMap { group in (0..<group.count).map(group.elementName) } }

  /// The position of a parameter with this name.
  public func index(of name: String) -> Int? { names.firstIndex(of: name) }

  /// Whether each parameter is in a weight block, for penalties that spare biases.
  public var isWeight: [Bool] {
    groups.flatMap { Array(repeating: $0.role == .weight, count: $0.count) }
  }
}
