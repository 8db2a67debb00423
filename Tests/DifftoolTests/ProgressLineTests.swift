// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import DifftoolCommands
import Testing
import Training

@Suite("The line of the progress bar")
struct ProgressLineTests {
  /// Step 12 345 of 50 000, 100 seconds after the first: 305 s are left.
  static func line(epochs: Int = 1000, accuracy: Bool = true) -> ProgressLine {
    var metrics = Metrics(samples: 100, loss: 0.123456)
    metrics.accuracy = accuracy ? 0.98765 : nil
    metrics.r2 = accuracy ? nil : 0.98765
    let progress = StepProgress(
      epoch: 247, epochs: epochs, stepInEpoch: 45, stepsPerEpoch: 50, step: 12_345, loss: 0.234567, learningRate: 0.01)
    return ProgressLine(progress: progress, validation: metrics, stepsMade: 12_345, elapsed: 100)
  }

  @Test("With room for everything, everything is there")
  func wide() {
    #expect(
      Self.line().text(width: 120, ascii: true)
        == "####----------------  epoch 247/1000  loss 0.2346  val 0.1235  acc 0.9877  123 steps/s  5 min 5 s left"
        .replacing("-  epoch", with: "- epoch"))
  }

  @Test("In 79 columns the bar is shorter and the time left is there")
  func eighty() {
    for accuracy in [true, false] {
      let text = Self.line(accuracy: accuracy).text(width: 79, ascii: true)
      #expect(text.count <= 79)
      #expect(text.hasSuffix("5 min 5 s left"), "\(text)")
      for part in ["epoch 247/1000", "loss 0.2346", "val 0.1235", accuracy ? "acc 0.9877" : "R2 0.9877"] {
        #expect(text.contains(part), "\(text)")
      }
      #expect(text.prefix { $0 == "#" || $0 == "-" }.count >= 4, "\(text)")
    }
  }

  @Test("In 59 columns what matters least is gone, and the time left is there")
  func sixty() {
    let text = Self.line().text(width: 59, ascii: true)
    #expect(text.count <= 59)
    #expect(text.contains("epoch 247/1000") && text.contains("loss 0.2346") && text.hasSuffix("5 min 5 s left"))
    #expect(!text.contains("steps/s"))
  }

  @Test("No width makes it longer than that, and no width cuts the end that matters", arguments: 30...140)
  func everyWidth(width: Int) {
    for ascii in [true, false] {
      let text = Self.line(epochs: 1_000_000).text(width: width, ascii: ascii)
      #expect(text.count <= width)
      if width >= 55 { #expect(text.hasSuffix(" left"), "\(text)") }
      #expect(!ascii || text.unicodeScalars.allSatisfy(\.isASCII))
    }
  }
}
