using NanoBragg.Kernels.Flags;
using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using Shouldly;

namespace NanoBragg.Kernels.Tests.Flags;

public sealed class CommandLineFlagsTests : IDisposable
{
    private const string Computable = "-cell 100 -default_F 1 ";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nanobragg-flags-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Nothing_but_a_cell_and_a_structure_factor_gives_the_reference_programs_defaults()
    {
        var experiment = Parse("");

        experiment.Detector.FastPixels.ShouldBe(1024);
        experiment.Detector.SlowPixels.ShouldBe(1024);
        experiment.Detector.DistanceMetres.ShouldBe(0.1);
        experiment.Detector.Convention.ShouldBe(DetectorConvention.Mosflm);
        experiment.Beam.WavelengthMetres.ShouldBe(1e-10);
        experiment.Crystal.Cells.ShouldBe((1, 1, 1));
        experiment.Sampling.MosaicSeed.ShouldBe(12345678);
    }

    [Theory]
    [InlineData("-lambda 6.2", 6.2 / 1e10)]
    [InlineData("--wavelength 6.2", 6.2 / 1e10)]
    [InlineData("-my-wave-is 6.2", 6.2 / 1e10)]
    [InlineData("-energy 12398.42", 1.0 / 1e10)]
    [InlineData("-lambda 6.2 -energy 12398.42", 1.0 / 1e10)]
    [InlineData("-energy 12398.42 -lambda 6.2", 6.2 / 1e10)]
    [InlineData("-lambda 6.2 -lambda", 6.2 / 1e10)]
    [InlineData("lambda 6.2", 1.0e-10)]
    public void Flags_match_anywhere_in_a_word_and_the_last_wins(string line, double metres) =>
        Parse(line).Beam.WavelengthMetres.ShouldBe(metres);

    [Fact]
    public void Flags_of_which_only_the_whole_word_counts_do_not_match_inside_another()
    {
        var experiment = Parse("-N 5 -Nb 7 -phi 3 -phisteps 4 -polar 0.5 -polarisation 0.1 -detsize_f 20");

        experiment.Crystal.Cells.ShouldBe((5, 7, 5));
        experiment.Crystal.PhiStartRadians.ShouldBe(3.0 / Units.DegreesPerRadian);
        experiment.Sampling.PhiSteps.ShouldBe(4);
        experiment.Sampling.PhiStepRadians.ShouldBeNull();
        experiment.Beam.KahnFactor.ShouldBe(0.5);
        experiment.Detector.SlowPixels.ShouldBe(1024);
        experiment.Detector.FastPixels.ShouldBe(200);
    }

    [Fact]
    public void Values_are_not_consumed_so_a_value_that_holds_a_flag_is_one() =>
        Parse("-nonsense -distance 250").Detector.DistanceMetres.ShouldBe(0.25);

    [Fact]
    public void The_seed_of_a_random_orientation_works_before_it() =>
        Parse("-misset_seed 5 -misset random -N 3").Crystal.RandomMissetSeed.ShouldBe(5);

    [Fact]
    public void The_seed_of_a_random_orientation_works_last_on_the_line() =>
        Parse("-misset random -misset_seed 5").Crystal.RandomMissetSeed.ShouldBe(5);

    [Fact]
    public void The_seed_of_a_random_orientation_cancels_it_when_three_words_follow()
    {
        var crystal = Parse("-misset random -misset_seed 5 -N 3").Crystal;

        crystal.RandomMissetSeed.ShouldBeNull();
        crystal.MissetRadians.ShouldBe(new Vector3D(Units.Degrees(5), 0.0, Units.Degrees(3)));
    }

    [Fact]
    public void What_a_cell_leaves_out_is_like_a_and_right_angled()
    {
        Cell("-cell 50 -default_F 1").ShouldBe(UnitCell.Cubic(50));
        Cell("-cell 50 60 -default_F 1").ShouldBe(UnitCell.Cubic(50) with { BAngstroms = 60 });
        Cell("-cell 50 60 70 80 -default_F 1").ShouldBe(new UnitCell(50, 60, 70, Units.Degrees(80), Units.Degrees(90), Units.Degrees(90)));

        UnitCell? Cell(string line) => CommandLineFlags.Parse(line.Split(' '), _folder.FullName).Crystal.Cell;
    }

    [Fact]
    public void Pixel_counts_beat_sizes_whatever_the_order_and_use_the_last_pixel_size()
    {
        var detector = Parse("-detpixels_x 64 -pixel 0.2 -detsize 10 -detpixels_s 32").Detector;

        (detector.FastPixels, detector.SlowPixels).ShouldBe((64, 32));
        detector.FastSizeMetres.ShouldBe(0.2 / 1000.0 * 64);
    }

    [Fact]
    public void Only_the_custom_convention_heeds_a_pivot()
    {
        Conventions.PivotOf(Parse("-mosflm -pivot sample").Detector).ShouldBe(DetectorPivot.Beam);
        Conventions.PivotOf(Parse("-fdet_vector 0 0 1 -pivot sample -distance 90").Detector).ShouldBe(DetectorPivot.Beam);
        Conventions.PivotOf(Parse("-fdet_vector 0 0 1 -distance 90 -pivot sample").Detector).ShouldBe(DetectorPivot.Sample);
    }

    [Fact]
    public void An_axis_of_ones_own_leaves_the_others_at_their_start_values()
    {
        var detector = Parse("-xds -beam_vector 0 0 2").Detector;

        detector.Convention.ShouldBe(DetectorConvention.Custom);
        Conventions.AxesOf(detector).ShouldBe(Conventions.CustomDefault with { Beam = new(0, 0, 1) });
    }

    [Fact]
    public void A_matrix_is_read_by_its_lines_from_the_working_directory()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "A.mat"), " 1 2 3\n 4 5 6\n 7 8 9\n 0 0 0\n");

        Parse("-mat A.mat").Crystal.Matrix.ShouldBe(new MosflmMatrix(new(1, 4, 7), new(2, 5, 8), new(3, 6, 9)));
    }

    [Fact]
    public void A_missing_matrix_is_ignored_beside_a_cell_and_refused_without_one()
    {
        Parse("-mat none.mat").Crystal.Matrix.ShouldBeNull();
        Refusal("-mat none.mat -default_F 1").ShouldContain("none.mat");
    }

    [Fact]
    public void A_matrix_without_nine_numbers_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "A.mat"), "1 2 3 four");

        Refusal("-mat A.mat -default_F 1").ShouldContain("nine numbers");
    }

    [Theory]
    [InlineData("-default_F 1", "-cell")]
    [InlineData("-cell -default_F 1", "-cell")]
    [InlineData("-cell 100", "-default_F")]
    public void A_line_with_nothing_to_compute_is_refused(string line, string remedy) => Refusal(line).ShouldContain(remedy);

    [Theory]
    [InlineData("-stol full.stol")]
    [InlineData("-4stol full.stol")]
    [InlineData("-Q empty.stol -stol full.stol")]
    [InlineData("-stolen nothing")]
    public void A_table_that_is_never_used_changes_nothing(string line)
    {
        WriteTables();

        Parse(line).ShouldBe(Parse(""));
    }

    [Theory]
    [InlineData("-stol empty.stol", "empty.stol: the table is empty")]
    [InlineData("-Q nothing.stol", "nothing.stol: cannot be read")]
    public void A_table_that_is_never_used_must_be_there_all_the_same(string line, string message)
    {
        WriteTables();

        Refusal(Computable + line).ShouldContain(message);
    }

    [Theory]
    [InlineData("", CrystalShape.Block)]
    [InlineData("-round_xtal", CrystalShape.Ellipsoid)]
    [InlineData("-gauss_xtal", CrystalShape.Gaussian)]
    [InlineData("-binary_spots", CrystalShape.TopHat)]
    [InlineData("-gauss_xtal -tophat_spots", CrystalShape.TopHat)]
    [InlineData("-tophat_spots --square_xtals", CrystalShape.Block)]
    public void The_last_outline_of_the_crystal_wins(string line, CrystalShape shape) => Parse(line).Crystal.Shape.ShouldBe(shape);

    [Fact]
    public void The_fudge_factor_of_spots_is_1_unless_given()
    {
        Parse("-round_xtal").Crystal.ShapeFudge.ShouldBe(1.0);
        Parse("-fudge 0.9").Crystal.ShapeFudge.ShouldBe(0.9);
    }

    [Fact]
    public void What_is_oversampled_does_not_set_the_number_of_sub_pixels()
    {
        var sampling = Parse("-oversample 3 -oversample_polar 4 -oversample_omega 5 -oversample_thick 6").Sampling;

        sampling.Oversample.ShouldBe(3);
        sampling.OversamplesPolarisation.ShouldBeTrue();
        sampling.OversamplesSolidAngle.ShouldBeTrue();
        sampling.OversamplesThickness.ShouldBeTrue();
        Parse("-oversample 3").Sampling.OversamplesPolarisation.ShouldBeFalse();
        Parse("-oversample 3").Sampling.OversamplesSolidAngle.ShouldBeFalse();
        Parse("-oversample 3").Sampling.OversamplesThickness.ShouldBeFalse();
    }

    [Fact]
    public void Water_is_in_micrometres() => Parse("-water 0.4").Crystal.WaterMetres.ShouldBe(0.4 / 1e6);

    [Fact]
    public void The_finest_spacing_is_in_angstroms() => Parse("-dmin 2.5").Sampling.FinestSpacingMetres.ShouldBe(2.5 * 1e-10);

    [Fact]
    public void A_region_of_interest_includes_its_limits_and_a_negative_one_does_not_limit()
    {
        var region = Parse("-roi 10 90 -1 -2").Detector.Region;

        region.Contains(10, 0).ShouldBeTrue();
        region.Contains(90, 5000).ShouldBeTrue();
        region.Contains(9, 0).ShouldBeFalse();
        region.Contains(91, 0).ShouldBeFalse();
        Parse("-roi 10 90 20").Detector.Region.ShouldBe(PixelRegion.Everything);
    }

    [Theory]
    [InlineData("", null, null, null, null, null, null)]
    [InlineData("-divergence 3 -divsteps 4", 0.003, null, 4, 0.003, null, 4)]
    [InlineData("-divergence 3 -vdivrange 2", 0.003, null, null, 0.002, null, null)]
    [InlineData("-hdivstep 2 -hdivsteps 3", null, 0.002, 3, null, null, null)]
    [InlineData("-vdivsteps 3 -vdivstep 2", null, null, null, null, 0.002, 3)]
    [InlineData("-hdiv 1 -vdiv 2 -hdivstepping 3", null, null, null, null, null, null)]
    public void Divergence_is_given_by_range_step_and_number(
        string line, double? range, double? step, int? points, double? verticalRange, double? verticalStep, int? verticalPoints)
    {
        var beam = Parse(line).Beam;

        beam.HorizontalDivergence.ShouldBe(new Spread(range, step, points));
        beam.VerticalDivergence.ShouldBe(new Spread(verticalRange, verticalStep, verticalPoints));
    }

    [Fact]
    public void The_last_shape_of_the_divergence_wins()
    {
        Parse("-square_div").Beam.SquareDivergence.ShouldBeTrue();
        Parse("-square_div -round_div").Beam.SquareDivergence.ShouldBeFalse();
    }

    [Fact]
    public void Dispersion_is_in_percent_and_has_a_number_of_steps()
    {
        Parse("-dispersion 2 -dispsteps 3").Beam.Dispersion.ShouldBe(new Spread(0.02, null, 3));
        Parse("-dispsteps 3 -dispstep 7").Beam.Dispersion.ShouldBe(new Spread(0.0, null, 3));
    }

    [Theory]
    [InlineData("1 2 3 4 5\n", 1.0, 2.0, 3.0, 5.0)]
    [InlineData("\n ;!\n -1:,+2.5e1\t3\n", -1.0, 25.0, 3.0, null)]
    [InlineData("1 2 3 4 5 6 7\n", 1.0, 2.0, 3.0, 5.0)]
    [InlineData("1x y 3 \n", 1.0, 0.0, 3.0, null)]
    [InlineData("1\n", 1.0, null, null, null)]
    [InlineData("1 2 3", 1.0, 2.0, 3.0, 0.0)]
    [InlineData("1 2\r\n", 1.0, 2.0, 0.0, 0.0)]
    [InlineData("nan 2\n", null, 2.0, null, null)]
    [InlineData("# 1 2 3\n", 0.0, 1.0, 2.0, null)]
    public void A_line_of_a_source_file_is_read_column_by_column(string text, double? x, double? y, double? z, double? wavelength)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "src.txt"), text);

        Parse("-sourcefile src.txt -divergence 3").Beam.Sources.ShouldBe([new SourcePoint(x, y, z, wavelength)]);
    }

    [Fact]
    public void A_source_file_that_is_missing_or_empty_is_refused()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "empty.txt"), "\n \n");

        Refusal(Computable + "-sourcefile none.txt").ShouldContain("none.txt");
        Refusal(Computable + "-sourcefile empty.txt").ShouldContain("no source");
    }

    [Fact]
    public void A_curved_detector_needs_any_word_after_it()
    {
        Parse("-curved_det -N 5").Detector.Curved.ShouldBeTrue();
        Parse("-curved_det").Detector.Curved.ShouldBeFalse();
    }

    [Theory]
    [InlineData("-detector_thick 200 -detector_abs 450", 200 * 1e-6, 1.0 / (450 * 1e-6))]
    [InlineData("-detector_abs 450 -detector_thickness 200", 0.0, 1.0 / (450 * 1e-6))]
    [InlineData("-detector_thick 200", 200 * 1e-6, null)]
    [InlineData("-detector_thick 200 -detector_abs inf", 0.0, 0.0)]
    [InlineData("-detector_thick 200 -detector_abs 0", 0.0, 0.0)]
    [InlineData("-detector_abs inf -detector_thick 200", 200 * 1e-6, 0.0)]
    public void No_attenuation_takes_an_earlier_thickness_away(string line, double thickness, double? attenuation)
    {
        var detector = Parse(line).Detector;

        detector.SensorThicknessMetres.ShouldBe(thickness);
        detector.SensorAttenuationPerMetre.ShouldBe(attenuation);
    }

    [Theory]
    [InlineData("-detector_thicksteps 3", 3)]
    [InlineData("-thicksteps 4", 4)]
    [InlineData("", 0)]
    public void Sensor_layers_have_two_names(string line, int layers) => Parse(line).Sampling.SensorLayers.ShouldBe(layers);

    [Theory]
    [InlineData("-detector_abs")]
    [InlineData("-detector_thick")]
    [InlineData("-detector_thicksteps")]
    [InlineData("-thicksteps")]
    public void Where_the_reference_program_crashes_without_a_number_one_is_asked_for(string flag) =>
        Refusal(Computable + flag).ShouldBe($"{flag} needs a number after it");

    [Fact]
    public void A_reflection_list_leaves_a_dump_that_a_line_without_one_reads()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "F.hkl"), "0 0 0 5\n1 0 0 6\n");

        var listed = CommandLineFlags.Parse(["-cell", "100", "-hkl", "F.hkl"], _folder.FullName).Crystal;
        var dumped = CommandLineFlags.Parse(["-cell", "100", "-default_F", "3"], _folder.FullName).Crystal;

        listed.StructureFactors!.H.ShouldBe(new(0, 1));
        dumped.StructureFactors![1, 0, 0].ShouldBe(6.0);
        dumped.DefaultStructureFactor.ShouldBe(3.0);
    }

    [Fact]
    public void A_dump_of_another_name_is_used_where_it_is_named()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "F.hkl"), "0 0 0 5\n");
        Parse("-hkl F.hkl -dump other.bin");

        Parse("").Crystal.StructureFactors.ShouldBeNull();
        Parse("-dump other.bin").Crystal.StructureFactors.ShouldNotBeNull();
    }

    [Fact]
    public void A_dump_that_cannot_be_written_is_done_without()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "F.hkl"), "0 0 0 5\n");

        Parse("-hkl F.hkl -dump none/Fdump.bin").Crystal.StructureFactors.ShouldNotBeNull();
        _folder.GetFileSystemInfos().Select(file => file.Name).ShouldBe(["F.hkl"]);
    }

    [Fact]
    public void Files_of_structure_factors_that_cannot_be_used_are_refused_in_words()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "F.hkl"), "0 0 0 5\n0 0 0.5 5\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "Fdump.bin"), "");

        Refusal(Computable).ShouldContain("Fdump.bin");
        Refusal(Computable + "-hkl none.hkl").ShouldContain("none.hkl");
        Refusal(Computable + "-hkl F.hkl").ShouldContain("F.hkl:2: l is '0.5'");
        Refusal(Computable + "-hkl F.hkl -dump ./F.hkl").ShouldContain("overwrite");
        File.ReadAllText(Path.Combine(_folder.FullName, "F.hkl")).ShouldStartWith("0 0 0 5");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("-interpolate", true)]
    [InlineData("-nointerpolate", false)]
    [InlineData("-interpolate -nointerpolate", false)]
    [InlineData("-nointerpolate -interpolate", true)]
    public void The_last_word_on_interpolation_counts(string line, bool? expected) =>
        Parse(line).Crystal.InterpolatesStructureFactors.ShouldBe(expected);

    [Theory]
    [InlineData("", null)]
    [InlineData("-printout", -1)]
    [InlineData("-printout_pixel", -1)]
    [InlineData("-printout_pixel 3 4", 3)]
    [InlineData("-printout_pixel 3 4 -printout", 3)]
    [InlineData("-printout_pixel -3 4", -3)]
    public void Pixels_are_printed_if_asked_for(string line, int? fast) => CommandLineFlags
        .ParseRun((Computable + line).Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder.FullName)
        .Printed?.Fast.ShouldBe(fast!.Value);

    [Fact]
    public void Output_flags_and_unknown_words_change_nothing() =>
        Parse("-floatfile a.bin -intfile b.img -scale 3 -nonoise -seed 5 -printout -trace_pixel 3 4 stray -h").ShouldBe(Parse(""));

    private Experiment Parse(string line) =>
        CommandLineFlags.Parse((Computable + line).Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder.FullName);

    private string Refusal(string line) =>
        Should.Throw<ExperimentException>(() => CommandLineFlags.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), _folder.FullName)).Message;

    private void WriteTables()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "full.stol"), "0 2.57\n0.1 2.5\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "empty.stol"), "");
    }
}
