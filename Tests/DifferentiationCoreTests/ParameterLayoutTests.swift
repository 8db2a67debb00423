// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Testing

struct ParameterLayoutTests {
  private let layout = ParameterLayout([
    ParameterGroup("layers.0.weight", shape: [2, 3], role: .weight, fanIn: 3, fanOut: 2),
    ParameterGroup("layers.0.bias", shape: [2], role: .bias),
    ParameterGroup("none", shape: [0, 4], role: .weight),
    ParameterGroup("scale", role: .weight),
  ])

  @Test func namesFollowTheRows() {
    #expect(layout.count == 9)
    #expect(
      layout.names == [
        "layers.0.weight[0,0]", "layers.0.weight[0,1]", "layers.0.weight[0,2]", "layers.0.weight[1,0]",
        "layers.0.weight[1,1]", "layers.0.weight[1,2]", "layers.0.bias[0]", "layers.0.bias[1]", "scale",
      ])
    #expect((0..<9).map(layout.name) == layout.names)
    for i in 0..<9 { #expect(layout.index(of: layout.name(of: i)) == i) }
  }

  @Test func whatIsNotThereHasNoName() {
    #expect(layout.name(of: 9) == "parameter[9]")
    #expect(layout.name(of: -1) == "parameter[-1]")
    #expect(layout.index(of: "layers.0.weight[2,0]") == nil)
    #expect(ParameterLayout([]).count == 0)
    #expect(ParameterLayout([]).name(of: 0) == "parameter[0]")
  }

  @Test func rangesAndRoles() {
    #expect((0..<4).map(layout.range) == [0..<6, 6..<8, 8..<8, 8..<9])
    #expect(layout.isWeight == [true, true, true, true, true, true, false, false, true])
    #expect(ParameterLayout(names: ["a", "b"]).names == ["a", "b"])
  }
}
