# The picture of chapter 1: gnuplot docs/images/course/secants.gp > docs/images/course/secants.svg
set encoding utf8
set terminal svg size 800,520 noenhanced font 'Helvetica,Arial,sans-serif,14' background '#FFFFFF'
set border 3 lc rgb '#404040'
set tics nomirror
set grid lc rgb '#E0E0E0' lt 1 lw 1
set key noenhanced left top
set xlabel 'side x'
set ylabel 'volume x³'
set xrange [1:3.3]
set yrange [-6:36]
f(x) = x**3
secant(x, h) = f(2) + (f(2 + h) - f(2)) / h * (x - 2)
$points << EOD
2 8
2.5 15.625
3 27
EOD
plot f(x) title 'x³' with lines lw 3 lc rgb '#000000', \
  secant(x, 1) title 'step 1: slope 19' with lines lw 2 dt 2 lc rgb '#D55E00', \
  secant(x, 0.5) title 'step 0.5: slope 15.25' with lines lw 2 dt 4 lc rgb '#E69F00', \
  12 * (x - 2) + 8 title 'the limit: slope 12' with lines lw 2 lc rgb '#0072B2', \
  $points notitle with points pt 7 ps 1 lc rgb '#000000'
