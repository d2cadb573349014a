using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Physics;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Physics;

public sealed class ScatteringTests
{
    [Fact]
    public void Grating_amplitude_has_the_reference_programs_bits() =>
        LatticeFactor.Sincg(Math.PI * 0.3, 5).ShouldBe(-1.2360679774997896);

    [Fact]
    public void Grating_amplitude_at_the_origin_is_the_number_of_cells() => LatticeFactor.Sincg(0.0, 7).ShouldBe(7.0);

    [Fact]
    public void An_axis_of_one_cell_does_not_modulate_a_block() =>
        LatticeFactor.Block(0.3, 0.123, 0.456, 5, 1, 1).ShouldBe(LatticeFactor.Sincg(Math.PI * 0.3, 5));

    [Fact]
    public void Transform_of_a_sphere_has_the_reference_programs_bits()
    {
        LatticeFactor.Sinc3(1.2).ShouldBe(0.86321142464447564);
        LatticeFactor.Sinc3(0.0).ShouldBe(1.0);
    }

    [Fact]
    public void A_spot_is_as_high_as_a_blocks_in_its_middle_but_for_the_ellipsoid_whose_volume_is_a_blocks()
    {
        LatticeFactor.Gaussian(0.0, 3, 4, 5, 1.0).ShouldBe(60.0);
        LatticeFactor.TopHat(0.0, 3, 4, 5, 1.0).ShouldBe(60.0);
        LatticeFactor.Ellipsoid(0.0, 0.0, 0.0, 3, 4, 5, 1.0).ShouldBe(60.0 * 0.723601254558268);
    }

    [Fact]
    public void A_top_hat_ends_sharply_and_fudge_narrows_it()
    {
        var edge = 0.3969 / (3.0 * 3.0 * 4.0 * 4.0 * 5.0 * 5.0);

        LatticeFactor.TopHat(0.99 * edge, 3, 4, 5, 1.0).ShouldBe(60.0);
        LatticeFactor.TopHat(1.01 * edge, 3, 4, 5, 1.0).ShouldBe(0.0);
        LatticeFactor.TopHat(0.99 * edge, 3, 4, 5, 1.1).ShouldBe(0.0);
    }

    [Fact]
    public void An_unpolarised_beam_loses_half_of_what_goes_sideways()
    {
        var incident = new Vector3D(1.0, 0.0, 0.0);
        var field = new Vector3D(0.0, 0.0, 1.0);

        Polarisation.Factor(0.0, incident, incident, field).ShouldBe(1.0);
        Polarisation.Factor(0.0, incident, new(0.0, 1.0, 0.0), field).ShouldBe(0.5);
    }

    [Fact]
    public void A_polarised_beam_scatters_nothing_along_its_field_and_everything_across()
    {
        var incident = new Vector3D(1.0, 0.0, 0.0);
        var field = new Vector3D(0.0, 0.0, 1.0);

        Polarisation.Factor(1.0, incident, field, field).ShouldBe(0.0, 1e-15);
        Polarisation.Factor(1.0, incident, new(0.0, 1.0, 0.0), field).ShouldBe(1.0, 1e-15);
    }

    [Fact]
    public void A_pixels_solid_angle_falls_with_the_cube_of_its_distance_and_a_points_with_the_square()
    {
        SolidAngle.OfPixel(1e-4, 0.1, 0.2).ShouldBe(SolidAngle.OfPixel(1e-4, 0.1, 0.1) / 8, 1e-20);
        SolidAngle.OfPoint(0.2).ShouldBe(SolidAngle.OfPoint(0.1) / 4, 1e-12);
    }
}
