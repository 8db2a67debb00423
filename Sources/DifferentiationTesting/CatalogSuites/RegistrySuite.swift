// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore

/// All suites on all entries of a ``/DifferentiationCore/Registry``: for a package that ships plug-ins of its own.
///
/// ```swift
/// var registry = Registry.standard
/// registry.schedules.register(MySchedule.entry)
/// try RegistrySuite(registry).requireConformance()
/// ```
///
/// Each entry goes through ``CatalogEntrySuite``, and its product with default options through the suite of its kind.
public struct RegistrySuite: Sendable {
  /// The registry under test.
  public let registry: Registry

  /// A suite for a registry.
  public init(_ registry: Registry) { self.registry = registry }

  /// Runs all suites: every violation found; empty for a conforming registry.
  public func failures() -> [ConformanceFailure] {
    run(registry.differentiators, .differentiators) { DifferentiatorSuite($0).failures() }
      + run(registry.models, .models) { ModelSuite($0).failures() }
      + run(registry.losses, .losses) { LossSuite($0).failures() }
      + run(registry.penalties, .penalties) { PenaltySuite($0).failures() }
      // Whether numbers are drawn at all is not for a registry to know.
      + run(registry.initializers, .initializers) { InitializerSuite($0, isRandom: false).failures() }
      + run(registry.optimizers, .optimizers) { OptimizerSuite($0).failures() }
      + run(registry.schedules, .schedules) { ScheduleSuite($0).failures() }
      + run(registry.dataSets, .dataSets) { DataGeneratorSuite($0, isRandom: false).failures() }
  }

  /// Throws a ``ConformanceError`` with all violations, if there are any.
  public func requireConformance() throws {
    let found = failures()
    guard found.isEmpty else { throw ConformanceError(found) }
  }

  private func run<Product>(
    _ catalog: Catalog<Product>, _ probe: CatalogProbe<Product>, _ suite: (Product) -> [ConformanceFailure]
  ) -> [ConformanceFailure] {
    catalog.entries.flatMap { entry in
      // A product that cannot be made has been reported by the entry's suite.
      let product = try? catalog.make(entry.name, suggestions: probe.suggestions)
      return CatalogEntrySuite(entry, probe: probe, among: catalog).failures() + (product.map(suite) ?? [])
    }
  }
}
