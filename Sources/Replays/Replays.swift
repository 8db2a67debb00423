// SPDX-License-Identifier: Apache-2.0

/// The replays that exist.
public enum Replays {
  /// All of them, in the order of the documents.
  public static let all: [any Replay] = [
    CircleReplay(),
    ExpressionReplay(), WalkingReplay(), NeuronReplay(), NetworkSizesReplay(), FourPointsReplay(), MoonsReplay(),
    ActivationsReplay(),
    FunctionsReplay(), DifferencesReplay(), ChainRuleReplay(), LineFitReplay(), TwoNeuronsReplay(),
    QuadraticReplay(), ReluSumsReplay(), KinksReplay(),
    NudgeReplay(), ProportionReplay(), NoisyLineReplay(), ParabolaReplay(), DeepParabolaReplay(),
    NoisyParabolaReplay(), TrainingStepReplay(),
  ]

  /// What of the documents is a picture or a remark and not a figure, by system, and where it is to be had.
  public static let pictures: [String: String] = [
    "S0.5":
      "decision regions with the training points: difftool plot regions, of a model saved by difftool train --save",
    "S1.9": "the moons and their decision regions: difftool plot regions",
    "S2.7":
      "data and fitted line: difftool plot curve; its question for other activations and more layers is answered by "
      + "the model mlp",
    "S3.1": "5x² + 4x + 3 on [-2.1, 2.1]: difftool plot curve, of a saved model quadratic",
    "S3.5": "rectified lines and their sums: difftool plot relu-sums; sliders: difftool explain --html",
    "S4.4": "the fit beyond its data: difftool plot curve with --x 2..9",
    "S4.5": "the fit beyond its data: difftool plot curve with --x -10..10",
  ]
}
