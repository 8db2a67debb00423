# The picture of chapter 7: gnuplot docs/images/course/kink.gp > docs/images/course/kink.svg
set encoding utf8
set terminal svg size 800,520 noenhanced font 'Helvetica,Arial,sans-serif,14' background '#FFFFFF'
set border 3 lc rgb '#404040'
set tics nomirror
set grid lc rgb '#E0E0E0' lt 1 lw 1
set key noenhanced left top
set xlabel 'x'
set ylabel '|x - 1| + 2 x'
set xrange [-0.5:2.5]
f(x) = abs(x - 1) + 2*x
$corner << EOD
1 2
EOD
plot f(x) title '|x - 1| + 2 x' with lines lw 3 lc rgb '#000000', \
  2 + 1*(x - 1) title 'slope on the left: 1' with lines lw 2 dt 2 lc rgb '#D55E00', \
  2 + 3*(x - 1) title 'slope on the right: 3' with lines lw 2 dt 4 lc rgb '#E69F00', \
  2 + 2*(x - 1) title 'every method: 2, between them' with lines lw 2 lc rgb '#0072B2', \
  $corner notitle with points pt 7 ps 1 lc rgb '#000000'
