// SPDX-License-Identifier: Apache-2.0
//
// GSL in C: one gsl_deriv_central for each component, from the first step that `finite-difference` starts its search
// with.

#include "worker.h"

#include <gsl/gsl_deriv.h>
#include <gsl/gsl_version.h>

typedef struct {
  double *x;
  double *gradient;
  size_t count;
  size_t component;
} Problem;

static double rosenbrock(const double *x, size_t n) {
  double total = 0;
  for (size_t i = 0; i + 1 < n; i++) {
    double a = x[i + 1] - x[i] * x[i];
    double b = 1 - x[i];
    total += 100 * (a * a) + b * b;
  }
  return total;
}

static double along(double value, void *context) {
  Problem *problem = (Problem *)context;
  double kept = problem->x[problem->component];
  problem->x[problem->component] = value;
  double y = rosenbrock(problem->x, problem->count);
  problem->x[problem->component] = kept;
  return y;
}

static void gradient(void *context) {
  Problem *problem = (Problem *)context;
  gsl_function f = {along, problem};
  for (size_t i = 0; i < problem->count; i++) {
    double x = problem->x[i], error;
    problem->component = i;
    gsl_deriv_central(&f, x, 0.001953125 * fmax(1, fabs(x)), &problem->gradient[i], &error);
  }
}

int main(int count, char **arguments) {
  if (count < 3) return 64;
  Problem problem;
  problem.x = read_doubles(arguments[2], &problem.count);
  problem.gradient = (double *)calloc(problem.count, sizeof(double));
  gradient(&problem);
  write_result("GSL " GSL_VERSION, rosenbrock(problem.x, problem.count), problem.gradient, problem.count);
  serve(gradient, &problem);
  return 0;
}
