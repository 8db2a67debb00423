// SPDX-License-Identifier: Apache-2.0
//
// Dual numbers of ceres: a Jet of 16 lanes carries the 15 derivatives of an observation in one evaluation.

#include "worker.h"

#include <ceres/jet.h>
#include <ceres/version.h>

#include "functions.h"

using Jet = ceres::Jet<double, 16>;

struct Problem {
  const double *data;
  size_t observations;
  std::vector<double> rows;
};

/// Of each observation the two rows of 15 derivatives, and the derivative of the weight's own term.
static void pass(void *context) {
  Problem &problem = *static_cast<Problem *>(context);
  double *row = problem.rows.data();
  for (size_t i = 0; i < problem.observations; i++) {
    const double *x = problem.data + 17 * i;
    Jet variables[15], out[2];
    for (int j = 0; j < 15; j++) variables[j] = Jet(x[j], j);
    residuals(variables, x + 15, out);
    for (const Jet &y : out) {
      for (int j = 0; j < 15; j++) *row++ = y.v[j];
    }
    *row++ = -2 * x[14];
  }
}

int main(int, char **arguments) {
  size_t count;
  const double *data = read_doubles(arguments[2], &count);
  Problem problem{data, count / 17, std::vector<double>(count / 17 * 31)};
  pass(&problem);
  write_result("ceres " CERES_VERSION_STRING, NAN, problem.rows.data(), problem.rows.size());
  serve(pass, &problem);
}
