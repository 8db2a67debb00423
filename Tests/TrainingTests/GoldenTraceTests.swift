// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Testing
import Training

/// A training of the straight line by NumPy 2.4.6; made by Generators/linear_trace.py.
struct LineTrace: Sendable, CustomTestStringConvertible {
  let name: String
  let optimizer: String
  var penalties: [String] = []
  var reduction = Reduction.mean
  /// m, c and the loss after each epoch.
  let epochs: [[Double]]

  var testDescription: String { name }

  static let all = [
    LineTrace(
      name: "plain", optimizer: "sgd:lr=0.05",
      epochs: [
        [1.33801953125, 0.21256553819444451, 3.1982835922671797],
        [1.6853621970482344, 0.42833001993400677, 0.6434994355195544],
        [1.825945189667309, 0.5350080461134633, 0.18821656038173792],
      ]),
    LineTrace(
      name: "momentum", optimizer: "momentum:lr=0.05,momentum=0.5",
      epochs: [
        [1.4398023003472222, 0.2726046006944445, 3.1535453045584325],
        [2.076600689014105, 0.6496004169460344, 0.12260689330518526],
        [1.9953081012468707, 0.677763257853032, 0.15421305419687456],
      ]),
    LineTrace(
      name: "sum", optimizer: "sgd:lr=0.02", reduction: .sum,
      epochs: [
        [0.9810898750000001, 0.04276524999999998, 21.673512914882814],
        [1.2937279935283437, 0.24329346196456253, 9.744763798304984],
        [1.4966158053434147, 0.3811359563051654, 4.563033889133326],
      ]),
    LineTrace(
      name: "penalty", optimizer: "sgd:lr=0.05", penalties: ["l2:weight=0.01,biases=false"],
      epochs: [
        [1.3367040652118054, 0.21279752152777784, 3.2038214122600346],
        [1.6817047800689129, 0.42926904034780927, 0.6658498373290412],
        [1.820348099275284, 0.5369270437200454, 0.2190155306205353],
      ]),
  ]
}

@Suite("A training computed by hand")
struct GoldenTraceTests {
  @Test(
    "Parameters and losses of every epoch, by every exact method", arguments: LineTrace.all,
    ["tape", "dual", "dual-batch"])
  func trace(golden: LineTrace, method: String) throws {
    var setting = try Setting.line()
    setting.optimizer = golden.optimizer
    setting.penalties = golden.penalties
    setting.configuration.reduction = golden.reduction
    setting.differentiator = method
    let trainer = try setting.trainer()
    let recorder = Recorder()
    let result = try trainer.run(
      from: trainer.initialState(parameters: [0.5, -0.25]), hooks: TrainingHooks(observer: recorder))
    // 9 steps of about 20 operations on numbers below 10, each off by an ulp at most.
    let tolerance = 9 * 20 * 10 * Double.ulpOfOne
    for (state, epoch) in zip(recorder.states, golden.epochs) {
      #expect((state.parameters[0] - epoch[0]).magnitude <= tolerance)
      #expect((state.parameters[1] - epoch[1]).magnitude <= tolerance)
      #expect(((state.history.last?.trainingLoss ?? .nan) - epoch[2]).magnitude <= tolerance)
    }
    #expect(recorder.states.count == 3)
    #expect(recorder.steps.map(\.step) == Array(1...9))
    #expect(recorder.steps.map(\.stepInEpoch) == [1, 2, 3, 1, 2, 3, 1, 2, 3])
    #expect(result.outcome == .completed)
    #expect(result.reduction == golden.reduction)
    #expect(result.parameters == recorder.states[2].parameters)
  }
}
