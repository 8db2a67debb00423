// SPDX-License-Identifier: Apache-2.0

import DataSets
import DifferentiationCore
import RandomStreams
import RealModule
import Testing

/// Every generator: repeatable, finite, of the size asked for, made again by its specification.
@Suite struct DataSetTests {
  static var catalog: Catalog<any DataGenerator> {
    var catalog = Catalog<any DataGenerator>(kind: "data set")
    for entry in [
      LineData.entry, QuadraticData.entry, ParabolaData.entry, CircleData.entry, MoonsData.entry, XorData.entry,
      SpiralData.entry, Document001Moons.entry, Document001Points.entry, Document003Quadratic.entry,
      Document004Proportion.entry,
    ] { catalog.register(entry) }
    return catalog
  }

  private func make(_ specification: String, seed: UInt64 = 7) throws -> DataSet {
    try Self.catalog.make(specification).generate(streams: NamedStreams(seed: seed))
  }

  @Test(arguments: Self.catalog.names)
  func everyGenerator(name: String) throws {
    let generator = try Self.catalog.make(name)
    let data = try generator.generate(streams: NamedStreams(seed: 7))
    #expect(data.count > 0)
    #expect(data.inputs.joined().allSatisfy { $0.isFinite } && data.targets.joined().allSatisfy { $0.isFinite })
    #expect(try make(name) == data)
    #expect(try make(generator.specification) == data)
    let isFixed = name.hasPrefix("document-") || name == "parabola"
    #expect(try (make(name, seed: 8) == data) == isFixed)
    if case .classification(let names) = data.task {
      #expect(Set(data.targets.map { $0[0] }) == Set(names.indices.map(Double.init)))
      #expect(data.inputNames == ["x1", "x2"])
    } else {
      #expect(data.inputNames == ["x"] && data.targetNames == ["y"])
    }
  }

  @Test(arguments: ["line", "quadratic", "parabola", "circle", "moons", "xor", "spiral"])
  func counts(name: String) throws {
    for count in [1, 2, 7] { #expect(try make("\(name):count=\(count)").count == count) }
    #expect(throws: DifferentiationError.self) { try make("\(name):count=0") }
    #expect(throws: DifferentiationError.self) { try make("\(name):cuont=5") }
  }

  @Test(arguments: [
    "line:noise=-1", "line:from=1,to=1", "line:from=2", "line:spacing=odd", "quadratic:relative-noise=-1",
    "quadratic:to=-9", "parabola:noise-on=x", "circle:radius=-1", "moons:noise=nan", "spiral:classes=1",
    "xor:noise=inf",
  ])
  func wrongOptions(specification: String) {
    #expect(throws: DifferentiationError.self) { try make(specification) }
  }

  @Test func line() throws {
    let exact = try make("line:slope=-2,intercept=1,count=5,noise=0,from=0,to=4")
    #expect(exact.inputs == [[0], [1], [2], [3], [4]])
    #expect(exact.targets == [[1], [-1], [-3], [-5], [-7]])
    // The noise has its own stream: it shifts no x.
    let drawn = try make("line:spacing=random,noise=0,count=1000")
    #expect(drawn.inputs.allSatisfy { $0[0] >= -1 && $0[0] < 1 })
    #expect(try make("line:spacing=random,noise=5,count=1000").inputs == drawn.inputs)
    let noisy = try make("line:spacing=random,noise=0.5,count=1000")
    let errors = zip(noisy.targets, drawn.targets).map { $0[0] - $1[0] }
    // A variance of 0.25; its estimate from 1000 draws has a standard error of 4.5 %.
    let variance = errors.reduce(0) { $0 + $1 * $1 } / 1000
    #expect(variance > 0.2 && variance < 0.3)
  }

  @Test func curves() throws {
    let parabola = try make("parabola")
    #expect(parabola.inputs == (-5...5).map { [Double($0)] })
    #expect(parabola.targets == (-5...5).map { [Double($0 * $0)] })
    let value = try make("parabola:noise=1")
    let argument = try make("parabola:noise=1,noise-on=argument")
    for i in 0..<11 {
      let x = parabola.inputs[i][0]
      let error = value.targets[i][0] - x * x
      #expect((argument.targets[i][0] - (x + error) * (x + error)).magnitude <= 1e-12)
    }
    let quadratic = try make("quadratic:relative-noise=0,noise=0,count=3")
    #expect(quadratic.inputs == [[-2], [0], [2]] && quadratic.targets == [[9], [5], [25]])
  }

  @Test func circle() throws {
    let data = try make("circle")
    #expect(data.count == 5000)
    let inside = data.targets.reduce(0) { $0 + $1[0] } / 5000
    // Binomial: π/16 with a standard error of 0.0056.
    #expect((inside - Double.pi / 16).magnitude <= 5 * 0.0056)
    for (point, target) in zip(data.inputs, data.targets) {
      #expect(point.allSatisfy { $0 >= -1 && $0 < 1 })
      #expect((point[0] * point[0] + point[1] * point[1] <= 0.25) == (target[0] == 1))
    }
    #expect(data.task == .classification(classNames: ["outside", "inside"]))
  }

  @Test func xorAndSpiral() throws {
    let table = try make("xor:count=4,noise=0")
    #expect(table.inputs == [[0, 0], [0, 1], [1, 0], [1, 1]])
    #expect(table.targets == [[0], [1], [1], [0]])
    let spiral = try make("spiral:classes=4,count=40,noise=0,turns=1")
    for (i, point) in spiral.inputs.enumerated() {
      let radius = Double(i / 4 + 1) / 10
      #expect((Double.hypot(point[0], point[1]) - radius).magnitude <= 1e-15)
      #expect(spiral.targets[i] == [Double(i % 4)])
    }
    // At radius 1 an arm of one turn is back at its own angle.
    #expect((spiral.inputs[36][0] - 1).magnitude <= 1e-15)
    #expect(spiral.task == .classification(classNames: ["arm1", "arm2", "arm3", "arm4"]))
  }

  @Test func moons() throws {
    let data = try make("moons:noise=0,count=100")
    for (point, target) in zip(data.inputs, data.targets) {
      let centre = target[0] == 0 ? (0.0, 0.0) : (1, 0.5)
      #expect((Double.hypot(point[0] - centre.0, point[1] - centre.1) - 1).magnitude <= 1e-15)
    }
    #expect(data.targets.reduce(0) { $0 + $1[0] } == 50)
  }
}
