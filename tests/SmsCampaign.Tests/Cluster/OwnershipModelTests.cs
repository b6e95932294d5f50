namespace SmsCampaign.Tests.Cluster;

/// <summary>Every way in which two nodes, their pauses and deaths and a replaced database can meet.</summary>
public sealed class OwnershipModelTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_two_owners_write_in_one_epoch_nor_hand_over_in_one_window_nor_send_a_message_twice(bool isPromoted)
    {
        var space = Explore(ModelOf(isPromoted));

        Assert.Null(space.Violation);
        Assert.InRange(space.States.Count, 100_000, int.MaxValue); // else the model has lost its steps
    }

    [Theory]
    [InlineData(Leaving.TheEpochInTheIntent, "not the owner", false)]
    [InlineData(Leaving.NewEpochs, "one epoch", false)]
    [InlineData(Leaving.TheWait, "one window", false)]
    [InlineData(Leaving.TheOwnClock, "one window", false)]
    [InlineData(Leaving.LeaseFromTheAnswer, "one window", false)]
    [InlineData(Leaving.Uncertainty, "twice", false)]
    [InlineData(Leaving.Marks, "twice", true)]
    [InlineData(Leaving.Reconciling, "twice", true)]
    [InlineData(Leaving.Timelines, "twice", true)]
    internal void A_rule_left_out_is_found(Leaving leaving, string wrong, bool isPromoted)
    {
        var violation = Explore(ModelOf(isPromoted, leaving)).Violation;

        Assert.NotNull(violation);
        Assert.Contains(wrong, violation[^1], StringComparison.Ordinal);
    }

    /// <summary>Wherever things stand when the other node is gone for good, the one that is left comes to the end of
    /// the list: each message was handed over, or a person has to look at it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_node_left_always_comes_to_the_end(bool isPromoted)
    {
        var model = ModelOf(isPromoted);
        var before = Explore(model).States.Where(model.MayBeOwnedOnce)
            .Select(world => world.With(2, new NodeState(IsUp: false, Marks: world.Two.Marks)))
            .Distinct()
            .ToDictionary(world => world, _ => new List<World>());
        var open = new Stack<World>(before.Keys);
        while (open.TryPop(out var world))
        {
            foreach (var next in model.StepsAlone(world))
            {
                if (!before.TryGetValue(next, out var from))
                {
                    before[next] = from = [];
                    open.Push(next);
                }

                from.Add(world);
            }
        }

        var ends = before.Keys.Where(OwnershipModel.IsAtTheEnd).ToHashSet();
        var reaches = new Stack<World>(ends);
        while (reaches.TryPop(out var world))
        {
            foreach (var earlier in before[world].Where(ends.Add))
                reaches.Push(earlier);
        }

        Assert.Equal(before.Count, ends.Count);
    }

    /// <summary>With a replica the model is kept to the shortest lease and fewer owners: there are more ways to
    /// meet.</summary>
    static OwnershipModel ModelOf(bool isPromoted, Leaving leaving = Leaving.Nothing) => isPromoted
        ? new OwnershipModel(lease: 1, window: 1, epochs: 2, promotions: 1, leaving)
        : new OwnershipModel(lease: 2, window: 2, epochs: 3, promotions: 0, leaving);

    static StateSpace<World> Explore(OwnershipModel model) =>
        StateSpace<World>.Explore(model.First, model.Steps, OwnershipModel.FindWrong);
}
