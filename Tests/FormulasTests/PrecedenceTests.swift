// SPDX-License-Identifier: Apache-2.0

import Formulas
import Testing

/// What binds to what: each text means the same as its fully bracketed one, and has the value worked out by hand.
@Suite struct PrecedenceTests {
  static let table: [(text: String, bracketed: String, value: Double)] = [
    ("-x^2", "-(x^2)", -9), ("2^3^2", "2^(3^2)", 512), ("2**3**2", "2^(3^2)", 512), ("(2^3)^2", "((2^3)^2)", 64),
    ("2^-1", "2^(-1)", 0.5), ("2^-x^2", "2^(-(x^2))", 0.001953125), ("-2^-2", "-(2^(-2))", -0.25),
    ("1-2-3", "(1-2)-3", -4), ("1-(2-3)", "(1-(2-3))", 2), ("12/3/2", "(12/3)/2", 2), ("12/(3/2)", "12/((3/2))", 8),
    ("1+2*3", "1+(2*3)", 7), ("-x*2", "(-x)*2", -6), ("2*-x", "2*(-x)", -6), ("2--x", "2-(-x)", 5),
    ("--x", "-(-x)", 3), ("+x", "x", 3), ("- - -x", "-(-(-x))", -3), ("x^+2", "x^2", 9),
    ("-(x-1)^2", "-((x-1)^2)", -4), ("1/2*x", "(1/2)*x", 1.5), ("2*x^2", "2*(x^2)", 18),
    ("if(x > 1 and x < 2 or x == 3, 1, 0)", "if(((x>1) and (x<2)) or (x==3), 1, 0)", 1),
    ("if(not x > 1 or x > 2, 1, 0)", "if((not (x>1)) or (x>2), 1, 0)", 1),
    ("if(not (x > 1 or x > 2), 1, 0)", "if(not ((x>1) or (x>2)), 1, 0)", 0),
    ("if(x + 1 <= 2*2, 1, 0)", "if((x+1) <= (2*2), 1, 0)", 1),
    ("if(x != 3 || !(x >= 4), 1, 2)", "if((x!=3) or (not (x>=4)),1,2)", 1),
    ("if(x > 1 && x > 5, 1, 2)", "if((x>1) and (x>5), 1, 2)", 2),
    (".5 + 2. + 1E0 + 1e-1", "((0.5+2)+1)+0.1", 3.6), ("1e3", "1000", 1000), ("1.5e+2", "150", 150),
    ("(-.5)", "-0.5", -0.5),
    ("x − 1", "x - 1", 2), ("2 × x · 2 ÷ 3", "((2*x)*2)/3", 4), ("if(x ≤ 3, 1, 0)", "if(x <= 3, 1, 0)", 1),
    ("if(x ≥ 3.5, 1, 0)", "if(x >= 3.5, 1, 0)", 0), ("if(x ≠ 3, 1, 0)", "if(x != 3, 1, 0)", 0), ("π", "pi", .pi),
    ("e", "e", 2.718281828459045), ("`x`*2", "x*2", 6), ("[x]*2", "x*2", 6), ("pow(x, 2)", "pow(x, 2)", 9),
    ("min(5, x, 4) + max(1, x)", "(min(5,x,4))+(max(1,x))", 6),
  ]

  @Test(arguments: table.indices) func meansTheBracketedOne(_ index: Int) throws {
    let (text, bracketed, value) = Self.table[index]
    let formula = try Formula(text)
    #expect(try formula == Formula(bracketed))
    #expect(formula.right.value(at: ["x": 3]) == value, "\(text) at x = 3")
  }

  @Test func printedWithTheParenthesesThatItNeeds() throws {
    let table = [
      ("a-(b-c)", "a - (b - c)"), ("(a-b)-c", "a - b - c"), ("a*(b/c)", "a*(b/c)"), ("(a^b)^c", "(a^b)^c"),
      ("a^(b^c)", "a^b^c"), ("(-a)^2", "(-a)^2"), ("-(a*b)", "-(a*b)"), ("(-a)*b", "-a*b"), ("a*(-b)", "a*-b"),
      ("a-(-b)", "a - -b"), ("2^(-x)", "2^-x"), ("(2^(-x))*y", "2^-x*y"), ("-(-a)", "--a"), ("(a*-b)*c", "a*-b*c"),
      ("log( y )=`b 1`-[b]]2]*e", "log(y) = `b 1` - `b]2`*e"), ("`exp`+`pi`+`a``b`", "`exp` + `pi` + `a``b`"),
      ("größe*β_1", "größe*β_1"), ("1e300*1E-7", "1e+300*1e-07"),
    ]
    for (text, printed) in table { #expect(try Formula(text).description == printed) }
    #expect(try Formula("if(not (not (a<b)), 1, 2)").description == "if(not not a < b, 1, 2)")
  }

  @Test func integerPowersTakeEveryBaseAndOthersSaySo() throws {
    #expect(try Formula("x^2").right.value(at: ["x": -3]) == 9)
    #expect(try Formula("x^(6/2)").right.value(at: ["x": -3]) == -27)
    #expect(try Formula("x^-1").right.value(at: ["x": -4]) == -0.25)
    #expect(try Formula("x^(1/3)").right.value(at: ["x": -8])?.isNaN == true)
    #expect(try Formula("cbrt(x)").right.value(at: ["x": -8]) == -2)
    #expect(try Formula("x^0").right.value(at: ["x": 0]) == 1)
    #expect(try Formula("x^2 + y^(1/2) + 2^x + e^x + (x+1)^n").realPowers == ["y^(1/2)", "(x + 1)^n"])
  }

  @Test func comparisonsWithNaNHoldForUnequalOnly() throws {
    for (sign, holds) in [("<", false), ("<=", false), (">", false), (">=", false), ("==", false), ("!=", true)] {
      let value = try Formula("if(x \(sign) 1, 10, 20)").right.value(at: ["x": .nan])
      #expect(value == (holds ? 10 : 20), "NaN \(sign) 1")
    }
    let infinity = try Formula("if(x == y, 1, 0) + if(x <= y, 2, 0) + if(-x < y, 4, 0) + if(x != -y, 8, 0)")
    #expect(infinity.right.value(at: ["x": .infinity, "y": .infinity]) == 15)
  }

  @Test func whatIsNotChosenDoesNotMatter() throws {
    #expect(try Formula("if(x < 0, 0, x*log(x))").right.value(at: ["x": -1]) == 0)
    #expect(try Formula("if(x > 0, sqrt(x), -sqrt(-x))").right.value(at: ["x": -4]) == -2)
  }
}
