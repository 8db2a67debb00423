// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Optimizers
import Testing

/// Twenty steps of every rule against PyTorch's.
@Suite("Golden traces of torch.optim")
struct GoldenTraceTests {
  static let traces = Result { try GoldenTraces.load() }
  static var ids: [String] { (try? traces.get().cases.map(\.id)) ?? ["unreadable"] }

  @Test("every case is compared, of every optimizer and every option")
  func coverage() throws {
    let traces = try Self.traces.get()
    #expect(traces.cases.count == 68)
    #expect(Set(traces.cases.map(\.optimizer)) == ["SGD", "Adagrad", "RMSprop", "Adam", "AdamW"])
    #expect(
      traces.cases.allSatisfy { $0.gradients.count == traces.steps && $0.parameters.count == traces.steps })
  }

  @Test("same parameters after each step", arguments: ids)
  func trace(id: String) throws {
    let traces = try Self.traces.get()
    let golden = try traces.golden(id)
    let start = try traces.start(golden.problem)
    let optimizer = try optimizerCatalog().make(golden.specification)
    let found = try parameterTrace(optimizer, start: start, gradients: golden.gradients)
    let difference = firstDifference(found, golden.parameters, start: start)
    #expect(difference == nil, "\(golden.specification): \(difference ?? "")")
  }

  @Test("clipping alone gives torch's clipped gradients, to a few ulps", arguments: ids)
  func clipping(id: String) throws {
    let traces = try Self.traces.get()
    let golden = try traces.golden(id)
    guard let clip = golden.clip, let expected = golden.clippedGradients else { return }
    let transform: any GradientTransform =
      try clip.kind == "norm" ? ClipByNorm(limit: clip.limit) : ClipByValue(limit: clip.limit)
    let found = golden.gradients.map { gradient in
      var update = gradient
      var state = transform.initialState(parameterCount: gradient.count)
      transform.transform(
        &update, state: &state, context: StepContext(step: 0, learningRate: 1, parameters: gradient))
      return update
    }
    for (row, golden) in zip(found, expected) {
      for (a, b) in zip(row, golden) { #expect((a - b).magnitude <= 4 * b.ulp) }
    }
  }

  @Test(
    "momentum and nesterov are sgd with these options, to the last bit",
    arguments: ["valley", "coupledQuadratic"])
  func namedForms(problem: String) throws {
    let traces = try Self.traces.get()
    let catalog = optimizerCatalog()
    let start = try traces.start(problem)
    let pairs = [
      ("sgdMomentum", "momentum:lr=0.01"), ("sgdNesterov", "nesterov:lr=0.01"),
      ("sgdMomentumWeightDecay", "momentum:weight-decay=0.1"),
    ]
    for (id, named) in pairs {
      let golden = try traces.golden("\(id).\(problem)")
      let ours = try parameterTrace(try catalog.make(named), start: start, gradients: golden.gradients)
      let general = try parameterTrace(
        try catalog.make(golden.specification), start: start, gradients: golden.gradients)
      #expect(ours == general)
    }
  }
}
