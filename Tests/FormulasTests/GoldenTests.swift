// SPDX-License-Identifier: Apache-2.0

import DifferentiationCore
import Formulas
import ForwardMode
import Testing

/// Values and derivatives against 50 digits, from Generators/golden.py.
@Suite struct GoldenTests {
  /// The value and the derivatives by x and, where there is a y, by y, at the doubles closest to 0.3 and 1.7.
  static let table: [(text: String, numbers: [Double])] = [
    ("exp(x)", [1.349858807576003089, 1.349858807576003089]),
    ("exp2(x)", [1.231144413344916275, 8.5336427897215662284e-1]),
    ("exp10(x)", [1.9952623149688795503, 4.5942612630601323892]),
    ("expm1(x)", [3.49858807576003089e-1, 1.349858807576003089]),
    ("ln(x)", [-1.2039728043259360296, 3.3333333333333334567]),
    ("log(x)", [-1.2039728043259360296, 3.3333333333333334567]),
    ("log2(x)", [-1.7369655941662062198, 4.8089834696298782025]),
    ("log10(x)", [-5.2287874528033757878e-1, 1.4476482730108394791]),
    ("log1p(x)", [2.623642644674910435e-1, 7.6923076923076923734e-1]),
    ("sqrt(x)", [5.4772255750516610332e-1, 9.1287092917527687265e-1]),
    ("cbrt(x)", [6.6943295008216951362e-1, 7.43814388980188376e-1]),
    ("abs(-x)", [2.999999999999999889e-1, 1.0]),
    ("sin(x)", [2.955202066613395645e-1, 9.5533648912560602292e-1]),
    ("cos(x)", [9.5533648912560602292e-1, -2.955202066613395645e-1]),
    ("tan(x)", [3.0933624960962322087e-1, 1.0956889153225471223]),
    ("sec(x)", [1.0467516015380855973, 3.237982146926581121e-1]),
    ("csc(x)", [3.3838633618241227064, -1.0939110324426889385e+1]),
    ("cot(x)", [3.2327281437658276408, -1.1450531251495653584e+1]),
    ("arcsin(x)", [3.0469265401539749633e-1, 1.0482848367219182919]),
    ("acos(x)", [1.2661036727794991229, -1.0482848367219182919]),
    ("arctan(x)", [2.9145679447786708181e-1, 9.1743119266055046432e-1]),
    ("sinh(x)", [3.0452029344714260735e-1, 1.0453385141288604816]),
    ("cosh(x)", [1.0453385141288604816, 3.0452029344714260735e-1]),
    ("tanh(x)", [2.9131261245159089566e-1, 9.1513696182662920906e-1]),
    ("arsinh(x)", [2.9567304756342242847e-1, 9.5782628522115139557e-1]),
    ("acosh(1 + x)", [7.5643291085695957288e-1, 1.2038585308576920328]),
    ("artanh(x)", [3.0951960420311170327e-1, 1.0989010989010988931]),
    ("erf(x)", [3.2862675945912741619e-1, 1.0312609096189630572]),
    ("sign(x)", [1.0, 0]),
    ("logistic(x)", [5.7444251681165898444e-1, 2.4445831169074586947e-1]),
    ("softplus(x)", [8.5435524446852711244e-1, 5.7444251681165898444e-1]),
    ("logsigmoid(x)", [-5.5435524446852712354e-1, 4.2555748318834101556e-1]),
    ("relu(x)", [2.999999999999999889e-1, 1.0]),
    ("atan2(x, y)", [1.7467219900823969121e-1, 5.7046979865771813608e-1, -1.0067114093959731704e-1]),
    ("hypot(x, y)", [1.7262676501632068302, 1.7378533390904767023e-1, 9.8478355881793680868e-1]),
    ("pow(x, y)", [1.2915348607498026601e-1, 7.31869754424888182e-1, -1.5549728481816471957e-1]),
    ("pow(x, 3)", [2.6999999999999997002e-2, 2.6999999999999998002e-1]),
    ("clamp(x, 0, y)", [2.999999999999999889e-1, 1.0, 0]),
    ("min(y, x, 2)", [2.999999999999999889e-1, 1.0, 0]),
    ("max(x, -y, -2)", [2.999999999999999889e-1, 1.0, 0]),
    ("e^x", [1.349858807576003089, 1.349858807576003089]),
    ("x*sin(y)/hypot(x,y)", [1.7233680021033472557e-1, 5.5710665839806194146e-1, -1.2070422318079518476e-1]),
    ("x^y - y^x", [-1.0434054381975616956, 1.0967686317080937129e-1, -3.6241944792508388701e-1]),
    ("-x^2", [-8.9999999999999993339e-2, -5.999999999999999778e-1]),
    ("(1+y*x/2)^(-2)", [6.3491055697528612286e-1, -8.6003820466771824264e-1, -1.5177144788253851175e-1]),
    ("if(x < y, x^3, y)", [2.6999999999999997002e-2, 2.6999999999999998002e-1, 0]),
  ]

  @Test(arguments: table.indices) func valuesAndDerivatives(_ index: Int) throws {
    let (text, numbers) = Self.table[index]
    let formula = try Formula(text)
    let names = Array(["x", "y"].prefix(numbers.count - 1))
    let field = try formula.field(of: names)
    let point = Array([0.3, 1.7].prefix(names.count))
    let result = try DualDifferentiator().gradient(of: TargetFunction(field), at: point)
    // A handful of operations of half an ulp each, on numbers of size 4 at the most: exp10's slope has the largest factor.
    for (found, expected) in zip(try [field(point)] + result.gradient, numbers) {
      let allowed = 8 * max(expected.magnitude, 0.1).ulp
      #expect((found - expected).magnitude <= allowed, "\(text): \(found), not \(expected)")
    }
    #expect(result.gradient.count == names.count)
  }

  @Test func everyFunctionIsInTheTable() {
    let texts = Self.table.map(\.text).joined(separator: " ")
    for function in ElementaryFunction.allCases {
      let names = [function.rawValue] + ElementaryFunction.aliases.filter { $0.value == function }.keys
      #expect(names.contains { texts.contains("\($0)(") }, "\(function.rawValue) has no golden value")
    }
  }
}
