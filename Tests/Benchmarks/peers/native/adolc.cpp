// SPDX-License-Identifier: Apache-2.0
//
// ADOL-C: the function is recorded once, its tape is replayed: value, then one reverse sweep.

#include "worker.h"

#include <adolc/adolc.h>

#include <string>

#include "functions.h"

static double plain(const adouble &x) { return x.value(); }

/// max(x, 0), recorded as a choice and not as a branch.
static adouble relu(const adouble &x) {
  adouble result;
  condassign(result, x, x, adouble(0.0));
  return result;
}

struct Tape {
  std::vector<double> point, gradient;
  double value = 0;
};

static void replay(void *context) {
  Tape &tape = *static_cast<Tape *>(context);
  const double weight = 1;
  const int n = int(tape.point.size());
  zos_forward(0, 1, n, 1, tape.point.data(), &tape.value);
  fos_reverse(0, 1, n, const_cast<double *>(&weight), tape.gradient.data());
}

int main(int, char **arguments) {
  const std::string workload = arguments[1];
  size_t count;
  const double *data = read_doubles(arguments[2], &count);
  int inputs = int(count);
  if (workload.rfind("gmm", 0) == 0) {
    const int d = int(data[0]), k = int(data[1]);
    inputs = k * (1 + d + d * (d + 1) / 2);
  } else if (workload.rfind("lstm", 0) == 0) {
    inputs = 266;
  } else if (workload == "moons") {
    inputs = 337;
  }
  const double *start = workload.rfind("gmm", 0) == 0 ? data + 4 : data;
  Tape tape{{start, start + inputs}, std::vector<double>(inputs)};

  // Tapes that stay in memory: the default buffers spill to files.
  trace_on(0, 1, 64 << 20, 64 << 20, 64 << 20, 64 << 20);
  std::vector<adouble> x(inputs);
  for (int i = 0; i < inputs; i++) x[i] <<= tape.point[i];
  adouble y;
  if (workload.rfind("gmm", 0) == 0) {
    y = mixture(x.data(), start + inputs, int(data[0]), int(data[1]), int(data[2]), data[3], plain);
  } else if (workload.rfind("lstm", 0) == 0) {
    y = lstm(x.data(), start + 266, start + 266 + 56);
  } else if (workload == "moons") {
    y = moons(x.data(), start + 337, relu);
  } else {
    y = rosenbrock(x.data(), inputs);
  }
  y >>= tape.value;
  trace_off();

  replay(&tape);
  write_result("ADOL-C " PEER_VERSION, tape.value, tape.gradient.data(), tape.gradient.size());
  serve(replay, &tape);
}
