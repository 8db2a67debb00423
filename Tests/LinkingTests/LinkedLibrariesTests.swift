// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Testing

/// GSL is under the GPL, so what links it is a promise of the package: `difftool` does, a program that takes only the
/// automatic-differentiation plug-ins does not. Read from the linked files, where a forgotten dependency shows.
struct LinkedLibrariesTests {
  /// Parts of the names of libraries that the GSL-free products must not bring in.
  static let foreign = ["gsl", "blas", "lapack"]

  /// Symbols of GSL; they would show a copy that was linked in statically, too.
  static let symbols = ["gsl_deriv", "gsl_set_error_handler", "cblas_d"]

  #if os(Linux)
    @Test func programWithoutDifferencesNeedsNoGSL() throws {
      let libraries = try ELFImage(BuiltProgram("GSLFreeProgram").bytes()).neededLibraries
      #expect(libraries.contains { $0.hasPrefix("libc.so") }, "read nothing sensible: \(libraries)")
      let found = libraries.filter { library in Self.foreign.contains { library.contains($0) } }
      #expect(found == [])
    }

    @Test func difftoolNeedsGSL() throws {
      let libraries = try ELFImage(BuiltProgram("difftool").bytes()).neededLibraries
      #expect(libraries.contains { $0.hasPrefix("libgsl.so") }, "without this the test above proves nothing")
    }

    @Test func otherFilesAreRefused() {
      #expect(throws: ELFImage.Failure.self) { try ELFImage([]) }
      let script = Array("#!/bin/sh\n".utf8) + Array(repeating: 0, count: 99)
      #expect(throws: ELFImage.Failure.self) { try ELFImage(script) }
    }
  #endif

  @Test(arguments: symbols)
  func programWithoutDifferencesHasNoSymbolOfGSL(symbol: String) throws {
    #expect(try !BuiltProgram("GSLFreeProgram").mentions(symbol))
  }

  @Test func difftoolHasSymbolsOfGSL() throws {
    #expect(try BuiltProgram("difftool").mentions("gsl_deriv"), "without this the test above proves nothing")
  }

  @Test func programWithoutDifferencesDifferentiatesTrainsAndGuesses() throws {
    // d/dx and d/dy of 100 (y - x²)² + (1 - x)² at (3, 5): whole numbers, so the same digits from every method.
    let lines = ["dual", "dual-batch", "tape", "complex-step", "compiled"].map { "\($0) [4804.0, -800.0]\n" }
    let run = try BuiltProgram("GSLFreeProgram").run()
    #expect(run.output == lines.joined() + "trained 20 and learnt\nguessed 2 and right\n")
    #expect(run.exitCode == 0)
  }
}
