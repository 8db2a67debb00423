// swift-tools-version:6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// A strategy under `Plugins/`: it sees the core (and what is named), never another plug-in.
func plugin(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: ["DifferentiationCore"] + dependencies, path: "Plugins/\(name)")
}

let real: Target.Dependency = .product(name: "RealModule", package: "swift-numerics")
let complex: Target.Dependency = .product(name: "ComplexModule", package: "swift-numerics")
let scalars: Target.Dependency = "DifferentiableScalars"

let package = Package(
  name: "difftool",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Differentiation", targets: ["Differentiation"]),
    .library(name: "DifferentiationTesting", targets: ["DifferentiationTesting"]),
    // The parts that link no GSL, for programs that cannot take the GPL.
    .library(
      name: "AutomaticDifferentiation",
      targets: ["DifferentiationCore", "ForwardMode", "ReverseMode", "CompiledReverse", "ComplexSteps"]),
    .library(
      name: "DifferentiationWithoutGSL",
      targets: [
        "DifferentiationCore", "ForwardMode", "ReverseMode", "CompiledReverse", "ComplexSteps", "Optimizers",
        "Schedules", "Losses", "Models", "DataSets", "Curves", "TabularData", "Training", "RandomStreams",
      ]),
    // Fits, the built-in curves and formulas without the rest of the toolkit.
    .library(name: "CurveFitting", targets: ["CurveFitting", "Curves", "Formulas", "DifferentiationCore"]),
    // Plots as values, drawn by gnuplot.
    .library(name: "Plotting", targets: ["Plotting"]),
    // The command line, for a `difftool` with somebody's own plug-ins.
    .library(name: "DifftoolCommands", targets: ["DifftoolCommands"]),
    .executable(name: "difftool", targets: ["difftool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
  ],
  targets: [
    // Scalars and functions.
    .target(name: "DifferentiableScalars", dependencies: [real, complex]),
    .target(name: "RandomStreams", dependencies: [real]),
    // Protocols, results, errors, consensus check, registry type.
    .target(name: "DifferentiationCore", dependencies: [scalars, "RandomStreams"]),
    // Recorded functions as values: sweeps, passes, and the machine that runs them.
    .target(name: "Programs", dependencies: [scalars, "CPanelKernels"]),
    .target(name: "CPanelKernels"),
    // Strategies.
    plugin("ForwardMode", [scalars]),
    plugin("ReverseMode", [scalars]),
    plugin("CompiledReverse", [scalars, "Programs"]),
    plugin("ComplexSteps", [scalars]),
    plugin("FiniteDifferences", [scalars, "CGSL"]),
    plugin("Optimizers"),
    plugin("Schedules"),
    plugin("Losses", [scalars]),
    plugin("Models", [scalars, "RandomStreams"]),
    plugin("DataSets", ["RandomStreams"]),
    plugin("Curves", [scalars, real]),
    .systemLibrary(
      name: "CGSL", pkgConfig: "gsl",
      providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    // The benchmarks' functions with their exact inputs.
    .target(name: "Workloads", dependencies: ["DifferentiationCore", scalars, real]),
    // A computation taken apart, for people.
    .target(name: "Explanations", dependencies: ["Programs", "DifferentiationCore", scalars]),
    // Files and training.
    .target(
      name: "TabularData",
      dependencies: ["DifferentiationCore", "RandomStreams", .product(name: "SwiftCSV", package: "SwiftCSV")]),
    .target(
      name: "Training",
      dependencies: ["DifferentiationCore", scalars, "RandomStreams", "TabularData"]),
    // Formulas as people write them, as functions for every method.
    .target(name: "Formulas", dependencies: ["DifferentiationCore", scalars]),
    // Pictures as values, drawn by gnuplot.
    .target(name: "Plotting", dependencies: ["TabularData"]),
    // Fits with GSL's trust region, and problems with certified solutions.
    .target(
      name: "CurveFitting", dependencies: ["DifferentiationCore", scalars, "Programs", "RandomStreams", "CGSL", real]),
    .target(name: "CertifiedProblems", dependencies: ["DifferentiationCore", scalars, real]),
    // The umbrella, and the suites for third parties.
    .target(
      name: "Differentiation",
      dependencies: [
        scalars, "DifferentiationCore", "RandomStreams", "TabularData", "Training", "ForwardMode", "ReverseMode",
        "CompiledReverse", "ComplexSteps", "FiniteDifferences", "Optimizers", "Schedules", "Losses", "Models",
        "DataSets", "Curves", "CurveFitting", "CertifiedProblems",
      ]),
    .target(name: "DifferentiationTesting", dependencies: ["DifferentiationCore", scalars, "RandomStreams"]),
    // The teaching documents' systems, and the command-line tool.
    .target(
      name: "Replays",
      dependencies: [
        "Differentiation", "DifferentiationCore", "Models", "RandomStreams", "TabularData", "Training",
      ]),
    .target(
      name: "DifftoolCommands",
      dependencies: [
        "Differentiation", "DifferentiationCore", "CertifiedProblems", "CurveFitting", "FiniteDifferences", "Formulas",
        "Explanations", "Plotting", "RandomStreams", "Replays", "TabularData", "Training", "Workloads",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(name: "difftool", dependencies: ["DifftoolCommands"]),
    // The examples of docs/extending.md, and a program with the parts that link no GSL.
    .target(
      name: "ExtensionExamples", dependencies: ["DifferentiationCore", real], path: "Tests/Fixtures/ExtensionExamples"),
    .executableTarget(
      name: "GSLFreeProgram",
      dependencies: [
        "DifferentiationCore", "ForwardMode", "ReverseMode", "CompiledReverse", "ComplexSteps", "Optimizers",
        "Schedules", "Losses", "Models", "DataSets", "Curves", "TabularData", "Training", "RandomStreams",
      ],
      path: "Tests/Fixtures/GSLFreeProgram"),
    .executableTarget(
      name: "CustomDifftool", dependencies: ["Differentiation", "DifftoolCommands", "ExtensionExamples"],
      path: "Tests/Fixtures/CustomDifftool"),
    // A tool with a method that is wrong on purpose.
    .executableTarget(
      name: "SpoiltDifftool",
      dependencies: ["Differentiation", "DifferentiationCore", "DifferentiationTesting", "DifftoolCommands"],
      path: "Tests/Fixtures/SpoiltDifftool"),
    // Runs the package's own programs.
    .target(name: "BuiltPrograms", path: "Tests/Fixtures/BuiltPrograms"),
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "BuiltPrograms", "ExtensionExamples", "Differentiation", "DifferentiationCore", "DifferentiationTesting",
        "ForwardMode", "ReverseMode", "CompiledReverse", "ComplexSteps", "FiniteDifferences", "CertifiedProblems",
        "Explanations", "Formulas", "Plotting", "Programs", "RandomStreams", "TabularData", "Training", "Workloads",
        real,
      ]),
    .testTarget(
      name: "DifftoolTests",
      dependencies: [
        "BuiltPrograms", "Differentiation", "DifferentiationCore", "DifftoolCommands", "RandomStreams", "Training",
      ],
      exclude: ["Browser"]),
    .testTarget(
      name: "ReplaysTests",
      dependencies: ["Replays", "Differentiation", "DifferentiationCore", "RandomStreams", "Training"],
      exclude: ["Generators"]),
    .testTarget(name: "LinkingTests", dependencies: ["BuiltPrograms"]),
    .testTarget(name: "ImportArrowTests", path: "Tests/ImportArrows"),
    .testTarget(
      name: "OptimizersTests", dependencies: ["Optimizers", "DifferentiationCore"],
      exclude: ["Generators"], resources: [.copy("Resources")]),
    .testTarget(
      name: "SchedulesTests", dependencies: ["Schedules", "DifferentiationCore"],
      exclude: ["Generators"], resources: [.copy("Resources")]),
    .executableTarget(
      name: "Benchmarks",
      dependencies: ["Differentiation", "DifferentiationCore", "Models", "RandomStreams", "Training"],
      path: "Tests/Benchmarks",
      exclude: ["peers", "instructions", "instructions.json", "growth"]),
    .executableTarget(
      name: "FitBenchmark",
      dependencies: [
        "CurveFitting", "CertifiedProblems", "DifferentiationCore", "ForwardMode", "ReverseMode", "CompiledReverse",
        "ComplexSteps", "FiniteDifferences", "RandomStreams", scalars, real,
      ],
      path: "Tests/FitBenchmark"),
    // The table of docs/numerics.md, and what holds the page to it.
    .executableTarget(
      name: "AccuracyTable",
      dependencies: [
        "Differentiation", "DifferentiationCore", "DifferentiationTesting", scalars, "TabularData",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/AccuracyTable"),
    .testTarget(
      name: "AccuracyTableTests",
      dependencies: [
        "AccuracyTable", "BuiltPrograms", "Differentiation", "DifferentiationCore", "DifferentiationTesting",
        "FiniteDifferences", scalars,
      ]),
    .testTarget(
      name: "DifferentiableScalarsTests",
      dependencies: [scalars, "DifferentiationTesting", "RandomStreams"], exclude: ["Generators"]),
    .testTarget(
      name: "DifferentiationCoreTests",
      dependencies: [
        "DifferentiationCore", "ForwardMode", "ReverseMode", "ComplexSteps", "FiniteDifferences", "RandomStreams",
        scalars,
      ]),
    .testTarget(
      name: "ConsensusTests",
      dependencies: [
        "DifferentiationCore", "ForwardMode", "ReverseMode", "ComplexSteps", "FiniteDifferences", "RandomStreams",
        scalars,
      ]),
    .testTarget(
      name: "FiniteDifferencesTests",
      dependencies: ["FiniteDifferences", "DifferentiationCore", "DifferentiationTesting", "RandomStreams", scalars]),
    .testTarget(
      name: "DifferentiationTestingTests",
      dependencies: [
        "DifferentiationTesting", "DifferentiationCore", scalars, "RandomStreams", "ForwardMode", "ReverseMode",
        "ComplexSteps", "FiniteDifferences", "Differentiation",
      ],
      exclude: ["Generators"]),
    .testTarget(
      name: "ProgramsTests",
      dependencies: [
        "Programs", "CompiledReverse", "ReverseMode", "DifferentiationCore", "Workloads", "RandomStreams", scalars,
      ]),
    .testTarget(
      name: "CurveFittingTests",
      dependencies: [
        "CurveFitting", "CertifiedProblems", "DifferentiationCore", "ForwardMode", "ReverseMode", "CompiledReverse",
        "ComplexSteps", "FiniteDifferences", "RandomStreams", "Curves", "Formulas", scalars, real,
      ],
      exclude: ["Generators"]),
    .testTarget(
      name: "ExplanationsTests",
      dependencies: [
        "Explanations", "Programs", "DifferentiationCore", "DifferentiationTesting", "ComplexSteps", "ForwardMode",
        "ReverseMode", "FiniteDifferences", "RandomStreams", scalars,
      ]),
    .testTarget(name: "RandomStreamsTests", dependencies: ["RandomStreams"], exclude: ["Generators"]),
    .testTarget(
      name: "ModelsTests",
      dependencies: ["Models", "Losses", "DataSets", "DifferentiationCore", scalars, "RandomStreams", real],
      exclude: ["Generators"], resources: [.copy("Resources")]),
    .testTarget(name: "LossesTests", dependencies: ["Losses", "DifferentiationCore", scalars, real]),
    .testTarget(name: "DataSetsTests", dependencies: ["DataSets", "DifferentiationCore", "RandomStreams", real]),
    .testTarget(
      name: "TabularDataTests", dependencies: ["TabularData", "DifferentiationCore", "RandomStreams"],
      exclude: ["Generators"]),
    .testTarget(
      name: "FormulasTests",
      dependencies: [
        "Formulas", "CompiledReverse", "ComplexSteps", "DifferentiationCore", "FiniteDifferences", "ForwardMode",
        "RandomStreams", "ReverseMode", scalars,
      ],
      exclude: ["Generators"], resources: [.copy("Corpus")]),
    .testTarget(name: "PlottingTests", dependencies: ["Plotting"]),
    // The formulas' fuzzer; Tests/FormulaFuzz/run builds it with coverage and keeps what it finds.
    .executableTarget(
      name: "FormulaFuzz", dependencies: ["Formulas", scalars], path: "Tests/FormulaFuzz", exclude: ["run"]),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "Training", "TabularData", "Differentiation", "DifferentiationCore", "RandomStreams", "Schedules",
      ],
      exclude: ["Generators"]),
  ]
)

for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    // Existentials are written with `any`.
    .enableUpcomingFeature("ExistentialAny"),
    // A member is visible only where its module is imported.
    .enableUpcomingFeature("MemberImportVisibility"),
    // Unsafe constructs are marked, in the few files named for them.
    .strictMemorySafety(),
  ]
}
