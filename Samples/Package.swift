// swift-tools-version:6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// A program of its own folder `Sources/name`, with what it takes from the toolkit.
func sample(_ name: String, _ products: String...) -> Target {
  .executableTarget(
    name: name, dependencies: products.map { .product(name: $0, package: "difftool") }, exclude: ["README.md"])
}

// In an order to learn by; README.md says what each shows.
let package = Package(
  name: "Samples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "difftool", path: "..")],
  targets: [
    sample("NumericDifferentiation", "Differentiation", "Plotting"),
    sample("NudgedProportion", "Differentiation", "Plotting"),
    sample("NeuronGradient", "Differentiation"),
    sample("LineFit", "Differentiation", "Plotting"),
    sample("ChainOfTwoNeurons", "Differentiation", "Plotting"),
    sample("TapeFromNothing", "Differentiation"),
    sample("GradientFiveWays", "Differentiation", "Plotting"),
    sample("ProportionBySGD", "Differentiation", "Plotting"),
    sample("NoisyLine", "Differentiation", "Plotting"),
    sample("AbsoluteErrorQuadratic", "Differentiation", "Plotting"),
    sample("ReluSums", "Differentiation", "Plotting"),
    sample("NetworkShapes", "Differentiation", "Plotting"),
    sample("Moons", "Differentiation", "Plotting"),
    sample("ParabolaNetworks", "Differentiation", "Plotting"),
    sample("CircleClassifier", "Differentiation", "Plotting"),
    sample("YourOwnModel", "Differentiation", "DifferentiationTesting", "Plotting"),
    sample("YourOwnDifferentiator", "Differentiation", "DifferentiationTesting", "Plotting"),
  ]
)
