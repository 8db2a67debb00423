// SPDX-License-Identifier: Apache-2.0

import Formulas
import Foundation
import Testing

/// Errors word for word, with the place marked.
@Suite struct ErrorTests {
  private func error(_ text: String) -> String {
    do {
      return "no error: \(try Formula(text))"
    } catch { return error.description }
  }

  @Test func marksThePlaceAndSaysWhatWasExpected() {
    #expect(
      error("a*epx(-b*x)") == """
        formula, character 3: no function is called 'epx' (did you mean 'exp'?)
          a*epx(-b*x)
            ^~~
        """)
    #expect(
      error("a*exp(-b*x") == """
        formula, character 11: expected ',' or ')' for the '(' at character 6, found the end
          a*exp(-b*x
                    ^
        """)
    #expect(
      error("2x + 1") == """
        formula, character 2: expected an operator or the end, found 'x'; to multiply, write '*'
          2x + 1
           ^
        """)
    #expect(
      error("y = a +") == """
        formula, character 8: expected a number, a name or '(', found the end
          y = a +
                 ^
        """)
  }

  static let messages: [(text: String, message: String)] = [
    ("", "expected a number, a name or '(', found nothing"),
    ("  ", "expected a number, a name or '(', found nothing"),
    ("a*/b", "expected a number, a name or '(', found '/'"),
    ("(a+b", "expected ')' for the '(' at character 1, found the end"),
    ("a+b)", "this ')' closes nothing; is a '(' missing before it?"),
    ("1,5*x", "expected an operator or the end, found ','; a decimal point is '.'"),
    ("(1,5)*x", "expected an operator or ')', found ','; a decimal point is '.'"),
    ("y = x = 2", "a formula has one '='; a comparison is written '=='"),
    ("if(x = 1, 2, 3)", "'=' cannot stand in parentheses; a comparison is written '=='"),
    ("x < 1", "this is a condition; write if(condition, a, b) to make a number of it"),
    ("if(x, 1, 2)", "'if' takes conditions such as x > 0, and this is a number"),
    ("if(x > 0, 1)", "if takes a condition and two numbers, if(x < 0, a, b), not 2"),
    ("1 + (x < 2)", "'+' takes numbers, and this is a condition"),
    ("exp(x < 2)", "exp takes numbers, and this is a condition"),
    ("if(0 < x < 1, 1, 0)", "comparisons do not chain; write a < b and b < c"),
    ("sin x", "expected '(' behind the function 'sin'; a variable of that name is written `sin`"),
    ("exp()", "exp takes one argument, not none"),
    ("log(x, 10)", "log takes one argument, not 2; to another base: log(x)/log(base)"),
    ("hypot(x)", "hypot takes two arguments, hypot(x, y), not 1"),
    ("min(x)", "min takes two arguments or more, not 1"),
    ("floor(x)", "no function is called 'floor': it would have steps, and no derivative there"),
    ("erfc(x)", "no function is called 'erfc'; write 1 - erf(x)"),
    ("pi(x)", "'pi' is a number and takes no arguments; to multiply, write pi*(…)"),
    ("1.2.3", "a number has one decimal point"),
    ("2e*x", "the exponent of a number has no digits; write 1e-3, or 2*e for Euler's number"),
    ("1e999", "the number is too large: the largest is 1.797e308"),
    ("1e-999", "the number is too small: the smallest is 4.941e-324"),
    ("x²", "'²' has no meaning in a formula; write a power with '^', as in x^2"),
    ("y ~ x", "'~' has no meaning in a formula; write '=' between the two sides"),
    ("a & b", "'&' has no meaning in a formula; write 'and'"),
    ("a\u{7}", "the character U+7 has no meaning in a formula"),
    ("`a b", "the name that begins here has no closing '`'"),
    ("[]", "a quoted name is empty"),
  ]

  @Test(arguments: messages.indices) func saysWhatIsWrong(_ index: Int) {
    let (text, message) = Self.messages[index]
    do {
      let formula = try Formula(text)
      Issue.record("'\(text)' was read as \(formula)")
    } catch { #expect(error.message == message) }
  }

  @Test func anUnknownFunctionWithoutANearOneListsThem() {
    #expect(error("qqqqqq(x)").contains("to multiply, write '*'; the functions are: abs, acos, acosh, "))
  }

  @Test func theMarkStandsBelowWideCharactersAndTabs() {
    #expect(error("重量*+").hasSuffix("\n  重量*+\n        ^"))
    #expect(error("\ta @").hasSuffix("\n  \ta @\n  \t  ^"))
    #expect(error("e\u{301}@").hasSuffix("\n  e\u{301}@\n   ^"))
    #expect(error("a +\nb @").hasPrefix("formula, line 2, character 3: "))
    #expect(error("a +\nb @").hasSuffix("\n  b @\n    ^"))
    // What moves the cursor is not shown.
    #expect(error("a @ \u{1B}[31m").contains("\u{1B}") == false)
    let long = error(String(repeating: "a + ", count: 200) + "@" + String(repeating: " + a", count: 200))
    #expect(long.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func deepOrLongInputIsAnErrorAndNotACrash() throws {
    for text in [
      String(repeating: "(", count: 50_000) + "x" + String(repeating: ")", count: 49_000),
      String(repeating: "-", count: 99_000) + "x", String(repeating: "2^", count: 49_000) + "2",
      String(repeating: "exp(", count: 20_000), "if(" + String(repeating: "not ", count: 20_000),
    ] { #expect(error(text).contains("the formula nests more than 200 deep here")) }
    let tokens = Array(repeating: "x", count: 60_000).joined(separator: "+")
    #expect(error(tokens).contains("at most 100000 numbers, names and signs, and this has 120000"))
    // What can be read can be read back, up to the limits.
    for text in [
      String(repeating: "-", count: 190) + "x",
      String(repeating: "a - -(b*-", count: 49) + "c" + String(repeating: ")", count: 49),
      "if(" + String(repeating: "not ", count: 190) + "a < b, 1, 2)",
      Array(repeating: "x", count: 49_000).joined(separator: "+"),
    ] {
      let formula = try Formula(text)
      #expect(try Formula(formula.description) == formula)
    }
    // A long sum is no deep one.
    let sum = try Formula(Array(repeating: "x", count: 20_000).joined(separator: "+"))
    #expect(sum.right.value(at: ["x": 0.5]) == 10_000)
    #expect(try Formula(sum.description) == sum)
  }

  @Test func namesThatAreNotKnown() throws {
    let formula = try Formula("alpha*x")
    #expect(throws: FormulaBindingError.self) { try formula.field(of: ["alpah", "x"]) }
    do {
      _ = try formula.right.term(parameters: ["alpah"], columns: ["x"])
    } catch {
      #expect(
        error.description
          == "the formula's variable 'alpha' is not known (did you mean 'alpah'?); there are: alpah, x")
    }
    do {
      _ = try formula.right.term(parameters: ["alpha", "x"], columns: ["x"])
      Issue.record("a name with two meanings was taken")
    } catch {
      #expect(error.description == "the name 'x' is given twice; give each variable one meaning")
    }
  }
}
