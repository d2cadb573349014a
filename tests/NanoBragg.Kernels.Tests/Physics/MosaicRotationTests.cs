using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Physics;

public sealed class MosaicRotationTests
{
    [Fact]
    public void Domains_of_one_degree_have_the_reference_programs_bits()
    {
        var random = new RandomSequence();
        random.Start(42);

        MosaicRotation.Draw(Units.Degrees(1.0), random).ShouldBe(new RotationMatrix(
            new(0.99987538513677965, -0.0012729053548428621, 0.015735117080408319),
            new(0.0012288353557994547, 0.99999529665927411, 0.0028100930587069851),
            new(-0.015738620055293362, -0.0027904070111487893, 0.99987224657326457)));
        MosaicRotation.Draw(Units.Degrees(1.0), random).ShouldBe(new RotationMatrix(
            new(0.99985143018154665, -0.0172031685615575, -0.0010809973905488977),
            new(0.017205912415095781, 0.99984863241741051, 0.0025824079844175298),
            new(0.0010364081627364631, -0.0026006238629548415, 0.99999608129914375)));
        MosaicRotation.Draw(Units.Degrees(1.0), random).ShouldBe(new RotationMatrix(
            new(0.99989469918762452, -0.0084817093615913025, -0.011775021987044238),
            new(0.0085557190275375034, 0.99994387183150102, 0.0062492286362870846),
            new(0.011721356935598944, -0.0063493143670991965, 0.99991114405163828)));
    }

    [Fact]
    public void Domains_of_the_default_seed_have_the_reference_programs_bits()
    {
        var random = new RandomSequence();
        random.Start(new Sampling().MosaicSeed);

        MosaicRotation.Draw(Units.Degrees(0.6), random).ShouldBe(new RotationMatrix(
            new(0.99995121832690093, 0.0098717866197922423, -0.00032984159804157052),
            new(-0.0098727675155734877, 0.99994640236170218, -0.0031178302507113105),
            new(0.00029904536435912545, 0.003120934607149674, 0.99999508515744617)));
        MosaicRotation.Draw(Units.Degrees(0.6), random).ShouldBe(new RotationMatrix(
            new(0.99995092621963488, -0.0095700310587952808, 0.002561182935285821),
            new(0.0095714985986017076, 0.99995403459385612, -0.00056135019918016635),
            new(-0.0025556930706309706, 0.00058583701047966051, 0.99999656260805514)));
    }

    [Theory]
    [InlineData(12345, 1.8451752577429177, -0.61001558335036155, -1.7073434076993237)]
    [InlineData(54321, -0.48048416646628367, 0.9315478353714266, 1.6035939358130402)]
    [InlineData(1, 0.081383955370810321, -0.20673388068880616, 0.30757148560872183)]
    public void Random_missetting_angles_have_the_reference_programs_bits(int seed, double x, double y, double z)
    {
        var random = new RandomSequence();
        random.Start(seed);

        MosaicRotation.DrawMisset(random).ShouldBe(new Vector3D(x, y, z));
    }
}
