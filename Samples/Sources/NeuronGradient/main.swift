// SPDX-License-Identifier: Apache-2.0
//
// Backpropagation on paper-sized expressions: numbers that remember how they were made, and a sweep back over them.

import Differentiation
import Foundation

// MARK: Three speeds

// A car is twice as fast as a bicycle, the bicycle four times as fast as a walker: the factors multiply.
let speeds = Tape()
let walker = speeds.variable(5)  // km/h
let bicycle = 4 * walker
let car = 2 * bicycle
print("d car / d walker = \(speeds.adjoints(of: car)[walker])")

// MARK: A small graph

// L = a b + c. A change of a reaches L through d, by the factor ∂d/∂a = b.
let graph = Tape()
let (a, b, c) = (graph.variable(2), graph.variable(-3), graph.variable(10))
let d = a * b
let L = c + d
let byL = graph.adjoints(of: L)
print("\nL = a b + c at a = 2, b = -3, c = 10: \(L.value)")
for (name, number) in [("a", a), ("b", b), ("c", c), ("d", d), ("L", L)] {
  print("  \(name): value \(number.value), dL/d\(name) \(byL[number])")
}

// With c = a + b, d = a + b b³, e = c - d and g = e², a goes both ways and its two slopes, 2e and -2e, cancel: g does not
// depend on a. Of b's ways, what is left is 2e (1 - 4b³).
let c2 = a + b
let d2 = a + b * Variable.pow(b, 3)
let e = c2 - d2
let g = Variable.pow(e, 2)
let byG = graph.adjoints(of: g)
print("\ng = ((a + b) - (a + b⁴))²: \(g.value), dg/da = \(byG[a]), dg/db = \(byG[b])")

// MARK: A neuron without activation

// o = x₁ w₁ + x₂ w₂ + b: the slope by a weight is its input, the slope by an input its weight, the slope by b is 1.
let tape = Tape()
let inputs = tape.variables([2, 1.5])
var parameters = [-3, 1, 6.8813735870195432]
let names = ["w1", "w2", "b"]

func neuron(_ x: [Variable], _ w: [Variable]) -> Variable { x[0] * w[0] + x[1] * w[1] + w[2] }

let weights = tape.variables(parameters)
let output = neuron(inputs, weights)
let byOutput = tape.adjoints(of: output)
print(String(format: "\nneuron's output: %.4f", output.value))
for (name, number) in zip(names + ["x1", "x2"], weights + inputs) { print("  do/d\(name) = \(byOutput[number])") }

// Downhill: each parameter moves against its slope.
let rate = 0.01
for i in parameters.indices { parameters[i] -= rate * byOutput[weights[i]] }
print(String(format: "\nafter one step of %.2f: output %.4f", rate, neuron(inputs, tape.variables(parameters)).value))
for (name, parameter) in zip(names, parameters) { print("  \(name) = \(parameter)") }

// MARK: With an activation

// tanh squeezes the sum into (-1, 1). Its slope 1 - tanh² multiplies every slope before it.
let squeezed = Variable.tanh(neuron(inputs, weights))
let bySqueezed = tape.adjoints(of: squeezed)
print(String(format: "\nwith tanh: output %.6f", squeezed.value))
for (name, number) in zip(names, weights) {
  print("  do/d\(name) = " + String(format: "%.6f", bySqueezed[number]))
}

// (e²ˣ - 1) / (e²ˣ + 1) is the same function until e²ˣ overflows: then it is ∞/∞.
func tanhByExp(_ x: Double) -> Double { (exp(2 * x) - 1) / (exp(2 * x) + 1) }
let large = tanhByExp(400).isNaN ? "not a number" : "a number"
print("\ntanh 400 by exponentials: \(large); by the library: \(Variable.tanh(tape.variable(400)).value)")
