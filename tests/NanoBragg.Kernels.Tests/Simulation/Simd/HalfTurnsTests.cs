using NanoBragg.Kernels.Simulation.Simd;
using NanoBragg.Kernels.Simulation.Simd.HalfTurns;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Simulation.Simd;

/// <summary>The functions that direct loops are made of have the errors that their documentation states.</summary>
public sealed class HalfTurnsTests
{
    private const int Points = 4096;

    [Fact]
    public void Twice_the_cosine_is_6e_12_off_at_most_and_right_in_the_middle()
    {
        Largest(r => (Value<TwiceCosine>(r) * Stages<Lanes256<double>, double, TwiceCosine>.Unit) - (2.0 * Math.Cos(Math.PI * r))).ShouldBeInRange(1e-12, 7e-12);
        (Value<TwiceCosine>(0.0) * Stages<Lanes256<double>, double, TwiceCosine>.Unit).ShouldBe(2.0, 1e-12);
    }

    [Fact]
    public void The_sine_over_its_turns_is_2e_13_off_at_most_of_its_size() =>
        Largest(r => (Value<SineOverTurns>(r) * Stages<Lanes256<double>, double, SineOverTurns>.Unit * r / Math.Sin(Math.PI * r)) - 1.0).ShouldBeInRange(1e-15, 2e-13);

    [Fact]
    public void Floats_polynomials_are_as_near_as_float_can_say()
    {
        Largest(r => FloatValue<TwiceCosine>(r) - (2.0 * Math.Cos(Math.PI * (float)r))).ShouldBeLessThan(4e-7);
        Largest(r => (FloatValue<SineOverTurns>(r) * (float)r / Math.Sin(Math.PI * (float)r)) - 1.0).ShouldBeLessThan(4e-7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void A_number_of_cells_has_its_quotient_of_sines_whatever_cosines_are_measured_by(int cells)
    {
        foreach (var unit in (ReadOnlySpan<double>)[1.0, 0.25, TwiceCosine.Leading])
        {
            Largest(r =>
            {
                double angle = Math.PI * r, even = cells % 2 == 0 ? 2.0 * Math.Cos(angle) : 1.0;
                var root = Root(cells, 2.0 * Math.Cos(2.0 * angle) / unit, 1.0 / unit) * Math.Pow(unit, (cells - 1) / 2);
                return (root * even) - (Math.Sin(cells * angle) / Math.Sin(angle));
            }).ShouldBeLessThan(2e-12);
        }
    }

    private static double Largest(Func<double, double> error) => Enumerable.Range(1, Points).Max(i => Math.Abs(error(0.5 * i / Points)));

    private static double Value<TFunction>(double r)
        where TFunction : struct, IEvenFunction => Lanes256<double>.First(Of<Lanes256<double>, double, TFunction>(Lanes256<double>.Broadcast(r)));

    private static double FloatValue<TFunction>(double r)
        where TFunction : struct, IEvenFunction => Lanes256<float>.First(Of<Lanes256<float>, float, TFunction>(Lanes256<float>.Broadcast(r)));

    private static TLanes Of<TLanes, T, TFunction>(TLanes r)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
        where TFunction : struct, IEvenFunction
    {
        TLanes u = r * r, v = u, w = u;
        Stages<TLanes, T, TFunction>.First(u, v, w, out var p, out var q, out var s);
        Stages<TLanes, T, TFunction>.Second(ref u, ref v, ref w, ref p, ref q, ref s);
        Stages<TLanes, T, TFunction>.Third(ref u, ref v, ref w, p, q, s);
        return u;
    }

    private static double Root(int cells, double x, double u)
    {
        var lanes = Lanes256<double>.Broadcast(x);
        return Lanes256<double>.First(cells switch
        {
            1 => Cells1.Root(lanes, u),
            2 => Cells2.Root(lanes, u),
            3 => Cells3.Root(lanes, u),
            4 => Cells4.Root(lanes, u),
            5 => Cells5.Root(lanes, u),
            6 => Cells6.Root(lanes, u),
            7 => Cells7.Root(lanes, u),
            8 => Cells8.Root(lanes, u),
            9 => Cells9.Root(lanes, u),
            10 => Cells10.Root(lanes, u),
            11 => Cells11.Root(lanes, u),
            _ => Cells12.Root(lanes, u),
        });
    }
}
