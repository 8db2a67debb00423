// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Optimizers
import Testing

/// What is typed, what it makes, and what is refused.
@Suite("Optimizer specifications")
struct SpecificationTests {
  @Test("the names of the registry")
  func names() {
    #expect(
      optimizerCatalog().names == [
        "sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "sign-descent",
      ])
  }

  @Test("each can be made from its name, and its specification makes it again")
  func roundTrips() throws {
    let catalog = optimizerCatalog()
    for entry in catalog.entries {
      #expect(!entry.summary.isEmpty && entry.facts["update"] != nil)
      #expect(try catalog.make(entry.name).specification == entry.name)
      let typed = "\(entry.name):lr=0.25,weight-decay=0.125,clip-value=2,clip-norm=3"
      let optimizer = try catalog.make(typed)
      #expect(optimizer.learningRate == 0.25)
      let again = try catalog.make(optimizer.specification)
      #expect(again.transforms.map(\.summary) == optimizer.transforms.map(\.summary))
      #expect(again.specification == optimizer.specification)
    }
  }

  @Test("the stages stand in their order")
  func order() throws {
    let catalog = optimizerCatalog()
    #expect(
      try catalog.make("sgd:clip-norm=1,clip-value=2,weight-decay=0.5,momentum=0.9").transforms.map(\.summary)
        == ["clip-value(2.0)", "clip-norm(1.0)", "weight-decay(0.5)", "momentum(0.9)", "learning-rate"])
    #expect(
      try catalog.make("adamw").transforms.map(\.summary)
        == ["adam-scaling(0.9, 0.999)", "learning-rate", "decoupled-weight-decay(0.01)"])
    #expect(try catalog.make("sgd").transforms.map(\.summary) == ["learning-rate"])
    #expect(try catalog.make("sgd").schedule.specification == "constant")
  }

  @Test(
    "what cannot be used is refused",
    arguments: [
      "sgd:nesterov=true", "sgd:momentum=0,nesterov=true", "sgd:momentum=0.9,dampening=0.5,nesterov=true",
      "sgd:dampening=0.5", "nesterov:momentum=0", "momentum:momentum=1.5", "momentum:nesterov=true",
      "sgd:lr=-1",
      "sgd:lr=nan", "adam:beta1=1", "adam:beta2=1", "adam:eps=-1", "rmsprop:alpha=1",
      "adagrad:initial-accumulator=-1",
      "sgd:clip-norm=0", "sgd:clip-value=0", "sgd:clip-value=inf", "adamw:weight-decay=-0.1", "sgd:rate=1",
      "sdg",
    ])
  func refusals(specification: String) {
    #expect(throws: DifferentiationError.self) { try optimizerCatalog().make(specification) }
  }

  @Test("initializers refuse what the options refuse, and a NaN")
  func initializers() {
    #expect(throws: DifferentiationError.self) { try ClipByNorm(limit: .nan) }
    #expect(throws: DifferentiationError.self) { try ClipByValue(limit: -1) }
    #expect(throws: DifferentiationError.self) { try WeightDecay(rate: .nan) }
    #expect(throws: DifferentiationError.self) { try DecoupledWeightDecay(rate: .infinity) }
    #expect(throws: DifferentiationError.self) { try Momentum(coefficient: .nan) }
    #expect(throws: DifferentiationError.self) { try AdamScaling(beta2: .nan) }
    #expect(throws: DifferentiationError.self) { try RMSPropScaling(epsilon: .nan) }
    #expect(throws: DifferentiationError.self) { try AdaGradScaling(learningRateDecay: -1) }
  }

  @Test("a refusal says the way out")
  func message() {
    let error = #expect(throws: DifferentiationError.self) {
      try optimizerCatalog().make("sgd:nesterov=true")
    }
    #expect(
      error?.description == "Nesterov's momentum needs a momentum above 0 and no dampening; "
        + "write momentum=0.9,nesterov=true, or leave nesterov out")
  }
}
