// SPDX-License-Identifier: Apache-2.0

import CompiledReverse
import ComplexSteps
import Curves
import DataSets
import DifferentiationCore
import FiniteDifferences
import ForwardMode
import Losses
import Models
import Optimizers
import ReverseMode
import Schedules

extension Registry {
  /// Everything that comes with the toolkit: the only list of it. One line adds one more.
  public static let standard: Registry = {
    var registry = Registry()

    registry.differentiators.register(CompiledDifferentiator.entry)
    registry.differentiators.register(TapeDifferentiator.entry)
    registry.differentiators.register(DualDifferentiator.entry)
    registry.differentiators.register(BatchedDualDifferentiator.entry)
    registry.differentiators.register(ComplexStepDifferentiator.entry)
    registry.differentiators.register(FiniteDifference.entry)

    registry.models.register(Line.entry)
    registry.models.register(Scale.entry)
    registry.models.register(Quadratic.entry)
    registry.models.register(Polynomial.entry)
    registry.models.register(TwoNeuronChain.entry)
    registry.models.register(ReluSum.entry)
    registry.models.register(Neuron.entry)
    registry.models.register(MultilayerPerceptron.entry)

    registry.losses.register(SumOfSquares.entry)
    registry.losses.register(MeanSquared.entry)
    registry.losses.register(MeanAbsolute.entry)
    registry.losses.register(Huber.entry)
    registry.losses.register(BinaryCrossEntropy.entry)
    registry.losses.register(BinaryCrossEntropyOfLogits.entry)
    registry.losses.register(Hinge.entry)
    registry.losses.register(SoftmaxCrossEntropy.entry)
    registry.losses.register(CategoricalCrossEntropy.entry)

    registry.penalties.register(L2Penalty.entry)
    registry.penalties.register(L1Penalty.entry)

    registry.initializers.register(UniformInitializer.entry)
    registry.initializers.register(TorchLinearInitializer.entry)
    registry.initializers.register(HeInitializer.entry)
    registry.initializers.register(GlorotInitializer.entry)
    registry.initializers.register(NormalInitializer.entry)
    registry.initializers.register(ZeroInitializer.entry)
    registry.initializers.register(ConstantInitializer.entry)

    registry.optimizers.register(GradientDescent.entry)
    registry.optimizers.register(MomentumDescent.entry)
    registry.optimizers.register(NesterovDescent.entry)
    registry.optimizers.register(AdaGrad.entry)
    registry.optimizers.register(RMSProp.entry)
    registry.optimizers.register(Adam.entry)
    registry.optimizers.register(AdamW.entry)
    registry.optimizers.register(SignDescent.entry)

    registry.schedules.register(ConstantSchedule.entry)
    registry.schedules.register(StepSchedule.entry)
    registry.schedules.register(MultiStepSchedule.entry)
    registry.schedules.register(ExponentialSchedule.entry)
    registry.schedules.register(LinearSchedule.entry)
    registry.schedules.register(PolynomialSchedule.entry)
    registry.schedules.register(InverseTimeSchedule.entry)
    registry.schedules.register(CosineSchedule.entry)
    registry.schedules.register(CosineRestartsSchedule.entry)
    registry.schedules.register(OneCycleSchedule.entry)
    registry.schedules.register(WarmUpSchedule.entry)

    registry.dataSets.register(LineData.entry)
    registry.dataSets.register(QuadraticData.entry)
    registry.dataSets.register(ParabolaData.entry)
    registry.dataSets.register(CircleData.entry)
    registry.dataSets.register(MoonsData.entry)
    registry.dataSets.register(XorData.entry)
    registry.dataSets.register(SpiralData.entry)
    registry.dataSets.register(Document001Points.entry)
    registry.dataSets.register(Document001Moons.entry)
    registry.dataSets.register(Document003Quadratic.entry)
    registry.dataSets.register(Document004Proportion.entry)

    registry.curves.register(LineCurve.entry)
    registry.curves.register(PolynomialCurve.entry)
    registry.curves.register(ExponentialDecay.entry)
    registry.curves.register(ExponentialGrowth.entry)
    registry.curves.register(PowerLaw.entry)
    registry.curves.register(Logistic.entry)
    registry.curves.register(Gompertz.entry)
    registry.curves.register(Hill.entry)
    registry.curves.register(MichaelisMenten.entry)
    registry.curves.register(GaussianPeak.entry)
    registry.curves.register(LorentzianPeak.entry)
    registry.curves.register(DampedSine.entry)
    registry.curves.register(Arrhenius.entry)
    registry.curves.register(WeibullGrowth.entry)

    return registry
  }()
}
