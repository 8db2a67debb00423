// SPDX-License-Identifier: Apache-2.0

import BuiltPrograms
import Foundation
import Testing

@Suite("Exit codes and streams")
struct ExitCodeTests {
  /// A command line and what has to become of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let exitCode: Int32
    /// What standard error has to say.
    let says: String
    var testDescription: String { line.isEmpty ? "(no arguments)" : line }

    init(_ line: String, _ exitCode: Int32, _ says: String = "") {
      self.line = line
      self.exitCode = exitCode
      self.says = says
    }
  }

  static let delivered = [
    Case("", 0), Case("--help", 0), Case("--version", 0), Case("help check", 0), Case("check --help", 0),
    Case("check --model mlp", 0), Case("check --model line --seeds 1..3", 0),
    Case("check --model scale --mutate --places 5", 0), Case("gradient --model line", 0),
    Case("train --model line --data line --epochs 2", 0),
    Case("train --model line --data line --epochs 2 --seeds 0..1", 0),
    Case("list", 0), Case("list models", 0), Case("list mlp", 0), Case("schedule cosine", 0),
    Case("schedule step:size=3 --plot", 0), Case("doctor", 0), Case("replay moons", 0),
    // The result is delivered, and it is a bad one.
    Case("check --model line --method tape,finite-difference:h=1e-20,order=1", 2),
    Case("check --model line --method tape", 1),
    Case("train --model line --data line --optimizer sgd:lr=1e6", 1),
    Case("train --model line --data line --optimizer sgd:lr=1e6 --epochs 1", 1),
    Case("train --model line --data line --optimizer sgd:lr=1e6 --epochs 1 --batch full", 1),
    Case("train --model line --data line --optimizer sgd:lr=1e6 --seeds 0..1 --epochs 5", 1),
    Case("completion bash", 0), Case("completion zsh", 0), Case("completion fish", 0),
    Case("check --model line --output - -q", 0),
    Case("check --model line --at m=nan", 2), Case("check --model scale --at b=1e308 --loss sum-of-squares", 2),
    Case("gradient --model scale --at b=nan", 2), Case("gradient --model line --at m=1e308,c=0", 2),
  ]

  @Test("What has a result writes it to standard output", arguments: delivered)
  func writesItsResult(_ item: Case) throws {
    try Tool.use { tool in
      let run = try tool(item.line)
      #expect(run.exitCode == item.exitCode, "\(run.errors)")
      #expect(!run.output.isEmpty)
      #expect(!run.errors.contains("error:"))
    }
  }

  static let refused = [
    Case("frobnicate", 64, "there is no command 'frobnicate'"), Case("chek --model mlp", 64, "did you mean 'check'?"),
    Case("check", 64, "--model"), Case("check --modl mlp", 64, "did you mean '--model'?"),
    Case("check --model mlp --fromat json", 64, "did you mean '--format'?"),
    Case("check --model mlp --format yaml", 64, "yaml"), Case("check --model mlp extra", 64, "extra"),
    Case("check --model mlpp", 64, "did you mean 'mlp'?"),
    Case("check --model mlp:hiden=3", 64, "did you mean 'hidden'?"),
    Case("train --model line --data line --test 0.2 --split scikit-learn --seed 4294967296", 64, "4294967295"),
    Case("check --model mlp:hidden=-3", 64, "whole numbers from 1"),
    Case("check --model mlp:hidden=3,hidden=4", 64, "twice"), Case("check --model mlp:", 64, "mlp:"),
    Case("check --model line --loss hing", 64, "did you mean 'hinge'?"),
    Case("check --model line --method tap", 64, "did you mean 'tape'?"),
    Case("check --model line --init unifrom", 64, "did you mean 'uniform'?"),
    Case("check --model line --penalty l3", 64, "l2"),
    Case("check --model line --data moos", 64, "did you mean 'moons'?"),
    Case("check --model line --at q=1", 64, "it has: m, c"), Case("check --model line --at m", 64, "name=value"),
    Case("check --model mlp --at layers.0.weigth[0,0]=1", 64, "did you mean 'layers.0.weight[0,0]'?"),
    Case("check --model line --samples 0", 64, "--samples"), Case("check --model line --limit 0", 64, "--limit"),
    Case("check --model line --rtol 2", 64, "--rtol"), Case("check --model line --atol -1", 64, "--atol"),
    Case("check --model line --seed -1", 64, "--seed"), Case("check --model line --seeds 3..1", 64, "--seeds"),
    Case("check --model line --places 3", 64, "--mutate"), Case("check --model line --target y", 64, "--data"),
    Case("check --model line --verbos", 64, "--verbose"),
    Case("train --model line --data line --quiet --verbose", 64, "--quiet"),
    Case("train --model line --data line --seeds 0..1 --verbose", 64, "--seeds"),
    Case("check --model line --data line --task classification", 64, "leave --task out"),
    Case("check --model line --data circle", 2, "the inputs of model 'line'"),
    Case("check --model line --samples 100000000000000", 64, "--samples must be from 1 to"),
    Case("train --model line --data line --epochs 9223372036854775807", 64, "more steps than can be counted"),
    Case("check --model line --method finite-difference:scheme=centrl", 64, "did you mean 'central'?"),
    Case("schedule cosine --plot --quiet", 64, "--plot"),
    Case("check --model line --loss binary-cross-entropy", 64, "output=sigmoid"),
    Case("check --model line --loss softmax-cross-entropy", 64, "an output for each class"),
    Case("gradient", 64, "--model"), Case("gradient --model line --limit 0", 64, "--limit"),
    Case("train", 64, "--model and --data"), Case("train --model mlp", 64, "--data"),
    Case("train --model mlp --data moons --target x", 64, "generated data set"),
    Case("train --model mlp --data moons --batch 0", 64, "--batch"),
    Case("train --model mlp --data moons --batch some", 64, "full"),
    Case("train --model mlp --data moons --epochs 0", 64, "--epochs"),
    Case("train --model mlp --data moons --validation 0.6 --test 0.5", 64, "nothing to train on"),
    Case("train --model mlp --data moons --min-delta 0.1", 64, "--patience"),
    Case("train --model mlp --data moons --optimizer adm", 64, "did you mean 'adam'?"),
    Case("train --model mlp --data moons --optimizer adam:rate=1", 64, "no option 'rate'"),
    Case("train --model mlp --data moons --schedule cosin", 64, "did you mean 'cosine'?"),
    Case("train --model mlp --data moons --differentiator taep", 64, "did you mean 'tape'?"),
    Case("train --model mlp --data moons --spot-check 0", 64, "--spot-check"),
    Case("train --model mlp --data moons --history h.txt", 64, "--history"),
    Case("train --model mlp --data moons --save a.json --checkpoint a.json", 64, "the same file"),
    Case("train --model mlp --data moons --seeds 0..2 --save a.json", 64, "--save"),
    Case("predict", 64, "model"), Case("predict model.json", 64, "file"),
    Case("list modles", 64, "did you mean 'models'?"), Case("schedule", 64, "schedule"),
    Case("schedule cosine --lr 0", 64, "--lr"), Case("schedule cosine --steps 0", 64, "--steps"),
    Case("schedule cosine --plot --format csv", 64, "--plot"), Case("replay", 64, "--all"),
    // Values that look like options, values that are empty, options that exclude each other.
    Case("check --model line --rtol -1", 64, "--rtol must be in [0, 1)"),
    Case("check --model line --samples -1", 64, "--samples must be from 1 to"),
    Case("check --model line --limit -2", 64, "--limit must be at least 1"),
    Case("check --model line --mutate --places -1", 64, "--places must be at least 1"),
    Case("gradient --model line --limit -2", 64, "--limit must be at least 1"),
    Case("schedule cosine --lr -1", 64, "--lr must be a finite number above 0"),
    Case("train --model line --data line --epochs -1", 64, "--epochs must be at least 1"),
    Case("train --model line --data line --batch -1", 64, "'-1' is neither"),
    Case("train --model line --data line --test -0.5", 64, "--test must be in [0, 1)"),
    Case("check --model line --seed 1 --seeds 1..3", 64, "--seed is one seed"),
    Case("check --model line --method=", 64, "--method is given an empty value"),
    Case("check --model line --output=", 64, "--output is given an empty value"),
    Case("check --model line --at m=1,c=2,m=3", 64, "m is given twice"),
    Case("check --model line --at m=1 --at m=1", 64, "m is given twice"),
    Case("check --model line --at m=abc", 64, "'abc' is no number for m"),
    Case("check --model mlp --data moons --samples 500", 64, "'moons' has 100"),
    Case(
      "train --model mlp --data moos --target y", 64, "neither a file nor a generated data set (did you mean 'moons'?)"),
    Case("train --model mlp --data moons --task regression", 64, "--task says what the target of a file is"),
    Case("train --model line --data line --save -", 64, "'-' is none"),
    Case("train --model line --data line --checkpoint-every 3", 64, "give both"),
    Case("train --model line --data line --checkpoint c.json --checkpoint-every 0", 64, "--checkpoint-every"),
    Case("train --model line --data moons --loss softmax-cross-entropy", 64, "an output for each class"),
    Case("help foo", 64, "there is no command 'foo'"), Case("help chek", 64, "did you mean 'check'?"),
    Case("completion", 64, "shell"), Case("completion fsh", 64, "did you mean 'fish'?"),
    Case("replay moons --all", 64, "--all"), Case("replay mons", 64, "did you mean 'moons'?"),
    Case("doctor --model mlp", 64, "no option '--model'"),
    // The command line is right and what it names is not.
    Case("train --model line --data nope.csv --target y", 2, "nope.csv"),
    Case("train --resume nope.json", 2, "nope.json: the checkpoint cannot be read: there is no such file"),
    Case("train --resume .", 2, "it is a folder"),
    Case("predict nope.json nope.csv", 2, "nope.json: the saved model cannot be read: there is no such file"),
    Case("check --model line --output nope/x", 2, "nope/x"),
    Case("train --model line --data line --save nope/x.json", 2, "its folder does not exist"),
    Case("train --model line --data line --checkpoint .", 2, "it is a folder"),
  ]

  @Test("What is refused says why on standard error, and writes no data", arguments: refused)
  func saysWhy(_ item: Case) throws {
    try Tool.use { tool in
      let run = try tool(item.line)
      #expect(run.exitCode == item.exitCode, "\(run.errors)")
      #expect(run.output.isEmpty)
      #expect(run.errors.hasPrefix("error: "), "\(run.errors)")
      #expect(run.errors.contains(item.says), "\(run.errors)")
      #expect(try tool.files() == [], "a file was left behind")
    }
  }

  @Test("An empty word, as of a shell variable that is not set, is named with its option")
  func emptyWords() throws {
    try Tool.use { tool in
      for option in ["--method", "--output", "-o", "--data", "--model"] {
        let run = try tool.run(["check", "--model", "line", option, ""])
        #expect(run.exitCode == 64 && run.output.isEmpty)
        #expect(run.errors.hasPrefix("error: \(option) is given an empty value"), "\(run.errors)")
      }
      #expect(try tool.run(["predict", "", "a.csv"]).errors.hasPrefix("error: an argument is empty"))
      #expect(try tool.run(["check", "--model", "line", "--method", " "]).errors.contains("--method names no method"))
      #expect(try tool.files() == [])
    }
  }

  @Test("On a terminal an error keeps to its width, elsewhere it stays one line")
  func terminal() throws {
    try Tool.use { tool in
      let line = "check --model line --loss hing"
      let piped = try tool(line).errors
      #expect(piped.split(separator: "\n").count == 1 && piped.count > 80, "\(piped)")
      let shown = try tool.onTerminal(line.split(separator: " ").map(String.init))
      let rows = shown.split(whereSeparator: \.isNewline)
      #expect(rows.count > 1 && rows.allSatisfy { $0.count <= 80 }, "\(shown)")
      let words = { (text: String) in text.split(whereSeparator: \.isWhitespace) }
      #expect(words(shown) == words(piped))
    }
  }

  @Test("Without arguments the help; every command has examples and exit codes, on 80 columns")
  func help() throws {
    try Tool.use { tool in
      #expect(try tool("").output == tool("--help").output)
      #expect(try tool("--version").output.firstMatch(of: #/^\d+\.\d+\.\d+\n$/#) != nil)
      for command in ["check", "train", "predict", "gradient", "list", "schedule", "replay", "doctor", "completion"] {
        let help = try tool("\(command) --help").output
        #expect(help.contains("Example") && help.contains("Exit codes: 0"), "\(command)")
        let lines = help.split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 80 }, "\(command)")
      }
    }
  }

  @Test("A full disk is an error, not a success")
  func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    try Tool.use { tool in
      let run = try tool.shell("difftool list > /dev/full")
      #expect(run.exitCode == 2)
      #expect(run.errors.contains("standard output"))
    }
  }
}
