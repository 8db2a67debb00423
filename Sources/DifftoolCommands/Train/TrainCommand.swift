// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Differentiation
import DifferentiationCore
import Plotting
import Training

/// `difftool train`: any model, on any data, with any differentiator and optimizer.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model on generated data or a CSV file, with any differentiator and optimizer.",
    discussion: """
      Examples:
        difftool train --model mlp --data moons
        difftool train --model mlp --data iris.csv --target species --test 0.2
        difftool train --model line --data line --optimizer sgd:lr=0.1
        difftool train --model mlp --data moons --plot training.svg
        difftool train --model mlp --data moons --seeds 0..9
        difftool train --model mlp --data moons --checkpoint run.json
        difftool train --resume run.json --epochs 200 --save model.json

      The inputs of a CSV file are scaled to mean 0 and standard deviation 1, with
      figures of the training part only. A text target is a class; for a numeric
      one say --task classification. Progress goes to standard error;
      -v writes a line for every epoch.

      A checkpoint is written after the first epoch, then every ten seconds at
      the end of an epoch (or by --checkpoint-every), and at the end, however it
      comes: finished, stopped early, diverged or interrupted.

      Exit codes: 0 trained, 1 diverged, a figure is not finite, or the gradient was
      disputed (history and best weights are kept), 2 the data or a file failed, 64 wrong usage, 130
      interrupted after finishing the step and writing the files asked for.
      """)

  @OptionGroup var options: TrainOptions

  @Option(
    help: ArgumentHelp("Write checkpoints here while training, and at the end.", valueName: "file"), completion: .file()
  )
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Write one every so many epochs (default: every ten seconds).", valueName: "epochs"))
  var checkpointEvery: Int?

  @Option(
    help: ArgumentHelp("Go on from a checkpoint; other options may be left out.", valueName: "file"),
    completion: .file())
  var resume: String?

  @Option(help: ArgumentHelp("Write the trained model here.", valueName: "file"), completion: .file())
  var save: String?

  @Option(
    help: ArgumentHelp("Write each epoch's figures here (.csv or .jsonl).", valueName: "file"), completion: .file())
  var history: String?

  @Option(
    help: ArgumentHelp(
      "Draw the losses, the accuracy and the learning rate (.svg, .png); - is the terminal.", valueName: "file"),
    completion: .file())
  var plot: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Check the gradient by an independent method every so many steps.", valueName: "steps"))
  var spotCheck: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Train once for each seed and report the median: 0..9.", valueName: "first..last"),
    transform: Seeds.range)
  var seeds: [UInt64]?

  @Flag(name: .customLong("no-progress"), help: "Write no progress.")
  var noProgress = false

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    if resume == nil, options.model == nil || options.samples.data == nil {
      throw ValidationError("give --model and --data (or --resume with a checkpoint); try: difftool train --help")
    }
    if seeds != nil {
      for (name, value) in [
        ("--seed", options.seed.map { "\($0)" }), ("--checkpoint", checkpoint), ("--resume", resume), ("--save", save),
        ("--history", history), ("--plot", plot),
      ] where value != nil {
        throw ValidationError("\(name) is of one training, and --seeds makes several; leave one out")
      }
    }
    try Seeds.requireRepeatable(options.samples.data, for: seeds)
    if output.verbose {
      for (name, isGiven) in [("--quiet", output.quiet), ("--no-progress", noProgress), ("--seeds", seeds != nil)]
      where isGiven {
        throw ValidationError("--verbose writes the epochs of one training, and \(name) leaves them out; drop one")
      }
    }
    if let plot {
      try PlotOutput.validate(plot, option: "--plot")
      if plot == "-", output.quiet || output.format != .table {
        throw ValidationError("--plot - draws below the table; with --quiet or another --format give --plot a file")
      }
    }
    try files.validate()
    if let checkpointEvery, checkpointEvery < 1 { throw ValidationError("--checkpoint-every must be at least 1") }
    if checkpointEvery != nil, checkpoint == nil {
      throw ValidationError("--checkpoint-every says when, and --checkpoint where; give both")
    }
    if let spotCheck, spotCheck < 1 { throw ValidationError("--spot-check must be at least 1") }
    try options.check()
  }

  func run() throws {
    let stored = try resume.map { try Checkpoint(path: $0) }
    var settings = try options.settings(over: stored?.settings)
    if let spotCheck { settings.dictionary["spot-check"] = "\(spotCheck)" }
    // Before the hours of training, not after them.
    try files.requireApart(from: [settings.data])
    // A training that goes on may write its own checkpoint again, and nothing else over it.
    try WrittenFiles(save: save, history: history, plot: picture, output: output.path).requireApart(from: [resume])
    try files.requireWritable()
    let renderer = try plot.map { _ in try PlotOutput.renderer(option: "--plot") }
    let interrupt = InterruptFlag()
    guard let seeds else {
      let summary = try train(settings, stored, interrupt)
      try report(summary, renderer)
      if let code = exitCode(summary) { throw code }
      return
    }
    var runs: [TrainSummary] = []
    for seed in seeds {
      var settings = settings
      settings.dictionary["seed"] = "\(seed)"
      let summary = try train(settings, nil, interrupt)
      runs.append(summary)
      if !output.quiet, !noProgress { Terminal.note("seed \(seed): \(summary.line(.plain))") }
      if summary.result.outcome == .interrupted { break }
    }
    try report(SeedSummary(runs: runs))
    if let code = runs.compactMap(exitCode).last { throw code }
  }

  private var files: WrittenFiles {
    WrittenFiles(checkpoint: checkpoint, save: save, history: history, plot: picture, output: output.path)
  }

  /// The file to draw into; nil for none, and for the terminal.
  private var picture: String? { plot == "-" ? nil : plot }

  /// One training from its first or its stored state.
  private func train(
    _ given: TrainSettings, _ stored: Checkpoint?, _ interrupt: InterruptFlag
  ) throws -> TrainSummary {
    let registry = DifftoolEnvironment.registry
    let plan = try TrainPlan(given, registry: registry, spotCheck: given.integer("spot-check"))
    var settings = given
    // A training that goes on with more epochs must not choose again.
    settings.dictionary["differentiator"] = plan.differentiatorName
    let trainer = plan.trainer
    plan.notes.forEach { if !output.quiet { Terminal.note("note: \($0)") } }
    let start =
      try stored.map { try $0.state(for: trainer, path: resume ?? "") }
      ?? trainer.initialState(with: registry.initializers.make(settings.initializer))
    var observers: [any TrainingObserver] = []
    if let history { observers.append(try HistoryFile(path: history, records: start.history)) }
    let checkpoints = checkpoint.map { path in
      checkpointEvery.map {
        CheckpointFile(path: path, trainer: trainer, settings: settings.dictionary, interval: $0)
      }
        ?? CheckpointFile(
          path: path, trainer: trainer, settings: settings.dictionary, pause: .seconds(10), clock: ContinuousClock())
    }
    if let checkpoints { observers.append(checkpoints) }
    let progress = ProgressReporter(
      epochs: trainer.configuration.epochs, style: output.style,
      enabled: !noProgress && !output.quiet && seeds == nil, everyEpoch: output.verbose)
    observers.append(progress)
    let hooks = TrainingHooks(
      observer: CombinedObserver(observers), isCancelled: { [flag = interrupt.flag] in flag.isRaised },
      spotCheck: plan.spotChecks?.hook)
    do {
      let (result, timing) = try trainer.run(from: start, hooks: hooks, clock: ContinuousClock())
      progress.finish()
      try checkpoints?.finish(result.state)
      if result.outcome == .interrupted, checkpoint == nil {
        // A resumed training goes on from its own file.
        if let resume {
          try Checkpoint(trainer, state: result.state, settings: settings.dictionary).write(to: resume)
        } else if seeds == nil {
          Terminal.note("note: no checkpoint was written; give --checkpoint to be able to go on")
        }
      }
      if let save { try SavedModel(trainer, result: result).write(to: save) }
      return TrainSummary(
        plan: plan, settings: settings, result: result, timing: timing,
        resumed: stored == nil ? nil : (start.epoch, start.step))
    } catch let failure as TrainingFailure {
      progress.finish()
      try checkpoints?.finish(failure.state)
      throw CommandError.runtime(failure.description)
    }
  }

  private func report(_ summary: SeedSummary) throws {
    let again = CommandLineText.again("train", seed: nil)
    try Report(
      payload: summary.payload, options: summary.options, seed: nil, table: summary.table(NumberText.exact),
      text: { style, width in summary.text(again: again, style: style, width: width) },
      line: { style in summary.line(style) }
    ).write(output, command: again)
  }

  private func report(_ summary: TrainSummary, _ renderer: PlotRenderer?) throws {
    let again = CommandLineText.again("train", seed: summary.settings.seed)
    let files = [
      checkpoint.map { "checkpoint \($0)" }, save.map { "model \($0)" }, history.map { "history \($0)" },
      picture.map { "picture \($0)" },
    ]
    let drawn = try renderer.flatMap { try draw(summary, $0) }
    try Report(
      payload: summary.payload, options: summary.plan.options, seed: summary.settings.seed,
      table: summary.metricsTable(NumberText.exact),
      text: { style, width in
        (drawn.map { $0 + "\n\n" } ?? "")
          + summary.text(
            again: again, next: next(summary), files: files.compactMap { $0 }, style: style, width: width)
      },
      line: { style in summary.line(style) }
    ).write(output, command: again)
  }

  /// Draws the curves: into the file, or as the characters returned.
  private func draw(_ summary: TrainSummary, _ renderer: PlotRenderer) throws -> String? {
    let plot = HistoryPlot(
      summary.result.history, title: "\(summary.settings.model) on \(summary.settings.data)"
    ).plot
    do {
      if let picture {
        try renderer.write(plot, to: picture)
        return nil
      }
      return try PlotOutput.text(of: plot, renderer, width: output.width)
    } catch let error as PlotError {
      throw CommandError.runtime("--plot: \(error.description)")
    }
  }

  /// What to do with the files that were written.
  private func next(_ summary: TrainSummary) -> [CommandLineText] {
    var next: [CommandLineText] = []
    if summary.result.outcome == .interrupted, let checkpoint = checkpoint ?? resume {
      var words = ["difftool", "train", "--resume", checkpoint, "--checkpoint", checkpoint]
      if let save { words += ["--save", save] }
      if let history { words += ["--history", history] }
      next.append(CommandLineText(words))
    }
    if let save { next.append(CommandLineText(["difftool", "predict", save, "FILE.csv"])) }
    return next
  }

  private func exitCode(_ summary: TrainSummary) -> ExitCode? {
    switch summary.result.outcome {
    case .completed, .stoppedEarly: summary.isFailed ? .disagreement : nil
    case .interrupted: .interrupted
    case .diverged, .gradientDisputed: .disagreement
    }
  }
}
