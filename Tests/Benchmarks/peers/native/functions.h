// SPDX-License-Identifier: Apache-2.0
//
// The workloads' functions for any scalar type of C++: what is differentiated by the compiled peers.

#ifndef PEER_FUNCTIONS_H
#define PEER_FUNCTIONS_H

#include <cmath>
#include <vector>

/// Σ 100 (x_{i+1} - x_i²)² + (1 - x_i)².
template <class S>
S rosenbrock(const S *x, int n) {
  S total = 0;
  for (int i = 0; i + 1 < n; i++) {
    S a = x[i + 1] - x[i] * x[i];
    S b = 1 - x[i];
    total += 100 * (a * a) + b * b;
  }
  return total;
}

/// The number whose exponential is the sum of exponentials. The shift is a plain number: it drops out of the result.
template <class S>
S log_sum_exp(const S *x, int n, double (*plain)(const S &)) {
  double shift = plain(x[0]);
  for (int i = 1; i < n; i++) shift = std::fmax(shift, plain(x[i]));
  S sum = 0;
  for (int i = 0; i < n; i++) sum += exp(x[i] - shift);
  return log(sum) + shift;
}

/// The Gaussian mixture's log-likelihood: parameters p (weights, means, factors), points x.
template <class S>
S mixture(const S *p, const double *x, int d, int k, int n, double constant, double (*plain)(const S &)) {
  const int triangle = d * (d + 1) / 2;
  const S *means = p + k;
  const S *factors = means + k * d;
  std::vector<S> y(d), terms(k), centered(d);
  S total = 0;
  for (int point = 0; point < n; point++, x += d) {
    for (int c = 0; c < k; c++) {
      const S *factor = factors + c * triangle;
      S logs = 0;
      for (int i = 0; i < d; i++) {
        centered[i] = x[i] - means[c * d + i];
        y[i] = exp(factor[i]) * centered[i];
        logs += factor[i];
      }
      const S *below = factor + d;
      for (int i = 0; i < d; i++) {
        for (int j = i + 1; j < d; j++) y[j] += *below++ * centered[i];
      }
      S squares = 0;
      for (int i = 0; i < d; i++) squares += y[i] * y[i];
      terms[c] = p[c] + logs - 0.5 * squares;
    }
    total += log_sum_exp(terms.data(), k, plain);
  }
  S squares = 0;
  for (int c = 0; c < k; c++) {
    const S *factor = factors + c * triangle;
    for (int i = 0; i < triangle; i++) {
      if (i < d) {
        S q = exp(factor[i]);
        squares += q * q;
      } else {
        squares += factor[i] * factor[i];
      }
    }
  }
  return constant + total - n * log_sum_exp(p, k, plain) + 0.5 * squares;
}

/// The loss of the LSTM of 2 layers of 14 cells over 1024 characters.
template <class S>
S lstm(const S *p, const double *state, const double *sequence) {
  const int layers = 2, b = 14, characters = 1024;
  const S *extra = p + 8 * layers * b;
  std::vector<S> memory(state, state + 2 * layers * b), input(b), output(b);
  auto sigmoid = [](const S &z) -> S { return 1 / (1 + exp(-z)); };
  S total = 0;
  for (int t = 0; t + 1 < characters; t++) {
    for (int i = 0; i < b; i++) input[i] = sequence[t * b + i] * extra[i];
    for (int layer = 0; layer < layers; layer++) {
      const S *w = p + 8 * b * layer;
      const S *bias = w + 4 * b;
      S *hidden = memory.data() + 2 * b * layer;
      S *cell = hidden + b;
      for (int i = 0; i < b; i++) {
        S forget = sigmoid(input[i] * w[i] + bias[i]);
        S ingate = sigmoid(hidden[i] * w[b + i] + bias[b + i]);
        S outgate = sigmoid(input[i] * w[2 * b + i] + bias[2 * b + i]);
        S change = tanh(hidden[i] * w[3 * b + i] + bias[3 * b + i]);
        cell[i] = cell[i] * forget + ingate * change;
        hidden[i] = outgate * tanh(cell[i]);
        input[i] = hidden[i];
      }
    }
    S exponentials = 2;
    for (int i = 0; i < b; i++) {
      output[i] = input[i] * extra[b + i] + extra[2 * b + i];
      exponentials += exp(output[i]);
    }
    S normalizer = log(exponentials);
    for (int i = 0; i < b; i++) total += sequence[(t + 1) * b + i] * (output[i] - normalizer);
  }
  return -total / double((characters - 1) * b);
}

/// The hinge loss of the 2-16-16-1 network on 100 samples (x₁, x₂, sign), with its penalty.
template <class S>
S moons(const S *p, const double *samples, S (*relu)(const S &)) {
  const int widths[] = {2, 16, 16, 1};
  S total = 0;
  for (int sample = 0; sample < 100; sample++, samples += 3) {
    std::vector<S> values(samples, samples + 2);
    const S *neuron = p;
    for (int layer = 1; layer < 4; layer++) {
      std::vector<S> next;
      for (int o = 0; o < widths[layer]; o++) {
        S sum = neuron[widths[layer - 1]];
        for (int i = 0; i < widths[layer - 1]; i++) sum += neuron[i] * values[i];
        neuron += widths[layer - 1] + 1;
        next.push_back(layer < 3 ? relu(sum) : sum);
      }
      values = next;
    }
    total += relu(1 - samples[2] * values[0]);
  }
  S squares = 0;
  for (int i = 0; i < 337; i++) squares += p[i] * p[i];
  return 0.01 * total + 1e-4 * squares;
}

/// The two residuals of an observation: x is camera (11), point (3), weight.
template <class S>
void residuals(const S *x, const double *seen, S *out) {
  using std::cos;
  using std::sin;
  using std::sqrt;
  const S d[3] = {x[11] - x[3], x[12] - x[4], x[13] - x[5]};
  const S angle = sqrt(x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
  const S cosine = cos(angle), sine = sin(angle), inverse = 1.0 / angle;
  const S axis[3] = {x[0] * inverse, x[1] * inverse, x[2] * inverse};
  const S cross[3] = {axis[1] * d[2] - axis[2] * d[1], axis[2] * d[0] - axis[0] * d[2],
                      axis[0] * d[1] - axis[1] * d[0]};
  const S along = (axis[0] * d[0] + axis[1] * d[1] + axis[2] * d[2]) * (1.0 - cosine);
  S r[3];
  for (int i = 0; i < 3; i++) r[i] = d[i] * cosine + cross[i] * sine + axis[i] * along;
  const S px = r[0] / r[2], py = r[1] / r[2];
  const S radius = px * px + py * py;
  const S distortion = 1.0 + x[9] * radius + x[10] * radius * radius;
  out[0] = x[14] * (px * distortion * x[6] + x[7] - seen[0]);
  out[1] = x[14] * (py * distortion * x[6] + x[8] - seen[1]);
}

#endif
