namespace SmsCampaign.Tests.Cluster;

/// <summary>
/// Who may hand messages over for an account: two nodes, one account, two messages, and a database that may be
/// replaced by a replica which lacks what it was told last. The engine that places accounts is not in it: any node may
/// at any time believe that the account is its own.
/// </summary>
/// <remarks>
/// Time goes by in ticks, for all alike; who is paused does nothing while it does. That a lease is not taken before it
/// ends keeps an owner that lives from being replaced: what keeps it safe is the wait after it.
/// </remarks>
/// <param name="lease">Ticks.</param>
/// <param name="window">Ticks: the sliding window of a rate.</param>
/// <param name="epochs">Takeovers, after which nobody takes the account any more.</param>
/// <param name="promotions">How often a replica may take the database's place.</param>
sealed class OwnershipModel(
    int lease, int window, int epochs, int promotions, Leaving leaving = Leaving.Nothing)
{
    const int Both = 0b11;

    public World First => new(
        Now: new Store(Epoch: 0, Owner: 0, LeaseLeft: 0, Timeline: 1, Reconciled: Both),
        Behind: null,
        One: new NodeState(IsUp: true),
        Two: new NodeState(IsUp: true),
        A: default,
        B: default,
        SinceGuard: window,
        GuardBy: 0,
        Wrong: null);

    public static string? FindWrong(World world) =>
        world.Wrong
        ?? (world.A.Sent > 1 || world.B.Sent > 1 ? "one message was handed over twice" : null);

    /// <summary>Whether there is an epoch left in the model for one more owner.</summary>
    public bool MayBeOwnedOnce(World world) => world.Now.Epoch < epochs;

    public static bool IsAtTheEnd(World world) =>
        world.A.Status != Status.Planned && world.B.Status != Status.Planned;

    public IEnumerable<(string Step, World Next)> Steps(World world)
    {
        yield return ("a tick", Tick(world));
        if (world.Behind is { } behind)
        {
            yield return ("the replica catches up", world with { Behind = null });
            if (world.Now.Timeline <= promotions)
                yield return ("the replica is promoted", Promote(world, behind));
        }

        foreach (var node in (int[])[1, 2])
        {
            foreach (var step in StepsOf(world, node))
                yield return step;
        }
    }

    /// <summary>What the first node alone can do where the other is gone for good, and time, and a person who knows
    /// that the other is gone.</summary>
    public IEnumerable<World> StepsAlone(World world)
    {
        yield return Tick(world);
        if ((world.Now.Reconciled & 2) == 0)
            yield return Reconcile(world, 2);
        foreach (var (step, next) in StepsOf(world, 1))
        {
            if (next.One.IsUp)
                yield return next;
        }
    }

    IEnumerable<(string Step, World Next)> StepsOf(World world, int node)
    {
        var self = world.Node(node);
        if (!self.IsUp)
        {
            yield return ($"{node} starts", world.With(node, new NodeState(IsUp: true, Marks: self.Marks)));
            yield break;
        }

        yield return ($"{node} is killed", world.With(node, new NodeState(IsUp: false, Marks: self.Marks)));
        if (self.Asked is null && self.Granted is null)
            yield return ($"{node} asks for the lease", world.With(node, self with { Asked = lease }));
        if (self.Asked is { } left)
            yield return Decide(world, node, left);
        if (self.Granted is { } grant)
            yield return ($"{node} hears that it has the lease", Hear(world, node, grant));
        if (world.Now.Reconciled != Both && (world.Now.Reconciled & node) == 0)
            yield return ($"{node} says what it may have handed over", Reconcile(world, node));

        foreach (var message in (int[])[1, 2])
        {
            if (WriteIntent(world, node, message) is { } written)
                yield return ($"{node} writes the intent of {message}", written);
            if (self.Cleared == message && self.Armed == 0 && MayHandOver(self))
                yield return ($"{node} looks at its lease before {message}", Arm(world, node, message));
            if (self.Armed == message)
                yield return ($"{node} hands {message} over", HandOver(world, node, message));
        }
    }

    World Tick(World world) => world with
    {
        Now = world.Now.AfterTick(),
        Behind = world.Behind is { } behind ? behind with { Store = behind.Store.AfterTick() } : null,
        One = world.One.AfterTick(),
        Two = world.Two.AfterTick(),
        SinceGuard = Math.Min(window, world.SinceGuard + 1),
    };

    /// <summary>The database's transaction, of which the node does not know yet.</summary>
    /// <param name="left">Ticks that a lease from the question on still has.</param>
    (string Step, World Next) Decide(World world, int node, int left)
    {
        var (store, self) = (world.Now, world.Node(node));
        if (store.Owner == node && self.Epoch == store.Epoch && self.Timeline == store.Timeline && self.Epoch != 0)
        {
            var renewed = Written(world) with { Now = store with { LeaseLeft = lease } };
            return ($"{node}'s lease is renewed", renewed.With(node, self with
            {
                Asked = null,
                Granted = new Grant(left, self.Epoch, self.Timeline, Wait: self.Wait),
            }));
        }

        if (store.LeaseLeft > 0
            || store.Epoch == epochs
            || (store.Reconciled != Both && leaving != Leaving.Reconciling))
            return ($"{node} does not get the lease", world.With(node, self with { Asked = null }));

        var epoch = leaving == Leaving.NewEpochs ? Math.Max(1, store.Epoch) : store.Epoch + 1;
        var next = Written(world) with
        {
            Now = store with { Epoch = epoch, Owner = node, LeaseLeft = lease },
            A = Interrupted(world.A),
            B = Interrupted(world.B),
        };
        return ($"{node} is given epoch {epoch}", next.With(node, self with
        {
            Asked = null,
            Granted = new Grant(left, epoch, store.Timeline, leaving == Leaving.TheWait ? 0 : window),
        }));
    }

    World Hear(World world, int node, Grant grant)
    {
        var self = world.Node(node);
        return world.With(node, self with
        {
            Granted = null,
            Epoch = grant.Epoch,
            Timeline = grant.Timeline,
            Until = leaving == Leaving.LeaseFromTheAnswer ? lease : grant.Left,
            Wait = grant.Wait,
            Cleared = grant.Epoch == self.Epoch && grant.Timeline == self.Timeline ? self.Cleared : 0,
        });
    }

    /// <summary>What an owner before left under an intent may have been sent.</summary>
    MessageState Interrupted(MessageState message) => message.Status != Status.Submitting
        ? message
        : message with { Status = leaving == Leaving.Uncertainty ? Status.Planned : Status.Uncertain };

    World? WriteIntent(World world, int node, int message)
    {
        var (store, self, row) = (world.Now, world.Node(node), world.Message(message));
        var isNext = row.Status == Status.Planned && (message == 1 || world.A.Status != Status.Planned);
        if (self.Epoch == 0 || self.Cleared != 0 || self.Armed != 0 || !isNext)
            return null;

        var isOwner = store.Owner == node && store.Epoch == self.Epoch
            && (store.Timeline == self.Timeline || leaving == Leaving.Timelines);
        if (!isOwner && leaving != Leaving.TheEpochInTheIntent)
            return null;

        var next = Written(world)
            .With(message, new MessageState(Status.Submitting, self.Epoch, self.Timeline, By: node, row.Sent));
        if (!isOwner)
            next = next with { Wrong = "an intent was written by who is not the owner" };
        var twin = world.Message(3 - message);
        if (twin.Epoch == self.Epoch && twin.Timeline == self.Timeline && twin.By != 0 && twin.By != node)
            next = next with { Wrong = "two nodes wrote intents in one epoch" };

        // On the node's own disk before the first byte leaves: what a replica lost is known by it.
        return next.With(node, self with
        {
            Cleared = message,
            Marks = leaving == Leaving.Marks ? self.Marks : self.Marks | message,
        });
    }

    bool MayHandOver(NodeState self) =>
        self.Wait == 0 && (self.Until > 0 || leaving == Leaving.TheOwnClock);

    World Arm(World world, int node, int message)
    {
        var next = world.With(node, world.Node(node) with { Cleared = 0, Armed = message }) with
        {
            SinceGuard = 0,
            GuardBy = node,
        };
        return world.GuardBy != 0 && world.GuardBy != node && world.SinceGuard < window
            ? next with { Wrong = "two nodes hand over within one window of the rate" }
            : next;
    }

    /// <summary>However much later: a process may be paused between its look at the lease and the write.</summary>
    static World HandOver(World world, int node, int message)
    {
        var row = world.Message(message);
        return world
            .With(message, row with { Sent = row.Sent + 1 })
            .With(node, world.Node(node) with { Armed = 0 });
    }

    /// <summary>The replica may now lack what is written.</summary>
    World Written(World world) => world.Behind is null && world.Now.Timeline <= promotions
        ? world with { Behind = new Replica(world.Now, world.A, world.B) }
        : world;

    /// <summary>All sessions end; what the replica lacked is lost, of the leases too, and nobody can tell from it
    /// what.</summary>
    World Promote(World world, Replica behind) => world with
    {
        Now = behind.Store with { Timeline = world.Now.Timeline + 1, Reconciled = 0, LeaseLeft = lease },
        Behind = null,
        A = behind.A with { Sent = world.A.Sent },
        B = behind.B with { Sent = world.B.Sent },
    };

    static MessageState Doubted(MessageState message) =>
        message.Status == Status.Planned ? message with { Status = Status.Uncertain } : message;

    /// <summary>A node, or a person for one that is gone, says what its own disk knows of. Nobody sends before all
    /// have.</summary>
    static World Reconcile(World world, int node)
    {
        var marks = world.Node(node).Marks;
        return world with
        {
            Now = world.Now with { Reconciled = world.Now.Reconciled | node },
            A = (marks & 1) != 0 ? Doubted(world.A) : world.A,
            B = (marks & 2) != 0 ? Doubted(world.B) : world.B,
        };
    }
}

/// <summary>A rule that is left out, to see that the model finds what comes of it.</summary>
enum Leaving
{
    Nothing,

    /// <summary>An intent is written whatever epoch there is by now.</summary>
    TheEpochInTheIntent,

    /// <summary>A new owner goes on in the epoch of the one before.</summary>
    NewEpochs,

    /// <summary>A new owner hands over at once.</summary>
    TheWait,

    /// <summary>An owner does not look at its own clock before it hands over.</summary>
    TheOwnClock,

    /// <summary>An owner counts its lease from the answer, not from its question.</summary>
    LeaseFromTheAnswer,

    /// <summary>What is under an old owner's intent is planned again.</summary>
    Uncertainty,

    /// <summary>No node keeps on its own disk what it may have handed over.</summary>
    Marks,

    /// <summary>After a promotion nobody is asked what the replica may lack.</summary>
    Reconciling,

    /// <summary>An epoch of before a promotion counts after it.</summary>
    Timelines,
}

enum Status
{
    Planned,
    Submitting,
    Uncertain,
}

/// <param name="Epoch">0 before the first.</param>
/// <param name="Owner">1 or 2; 0 before the first.</param>
/// <param name="LeaseLeft">Ticks, by the database's clock.</param>
/// <param name="Timeline">PostgreSQL's: goes up with each promotion.</param>
/// <param name="Reconciled">Who has said since the promotion what its own disk knows of: bits.</param>
readonly record struct Store(int Epoch, int Owner, int LeaseLeft, int Timeline, int Reconciled)
{
    public Store AfterTick() => this with { LeaseLeft = Math.Max(0, LeaseLeft - 1) };
}

readonly record struct Replica(Store Store, MessageState A, MessageState B);

/// <param name="Epoch">That it has taken; 0: none.</param>
/// <param name="Until">Ticks for which it may hand over, by its own monotonic clock from when it asked.</param>
/// <param name="Wait">Ticks before its first hand-over.</param>
/// <param name="Asked">A question for the lease is under way: ticks that a lease would still have.</param>
/// <param name="Granted">The database has given it the lease; it does not know yet.</param>
/// <param name="Cleared">Message whose intent it has written.</param>
/// <param name="Armed">Message that it is about to hand over: it has looked at its lease.</param>
/// <param name="Marks">Messages that it may have handed over, on its own disk: bits. Survives a kill.</param>
readonly record struct NodeState(
    bool IsUp,
    int Epoch = 0,
    int Timeline = 0,
    int Until = 0,
    int Wait = 0,
    int? Asked = null,
    Grant? Granted = null,
    int Cleared = 0,
    int Armed = 0,
    int Marks = 0)
{
    public NodeState AfterTick() => this with
    {
        Until = Math.Max(0, Until - 1),
        Wait = Math.Max(0, Wait - 1),
        Asked = Asked is { } left ? Math.Max(0, left - 1) : null,
        Granted = Granted?.AfterTick(),
    };
}

/// <param name="Left">Ticks from the question on.</param>
/// <param name="Wait">Ticks before the first hand-over.</param>
readonly record struct Grant(int Left, int Epoch, int Timeline, int Wait)
{
    public Grant AfterTick() => this with { Left = Math.Max(0, Left - 1), Wait = Math.Max(0, Wait - 1) };
}

/// <param name="Epoch">Of its intent.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="Sent">How often it was handed over: of the world, not of the database.</param>
readonly record struct MessageState(Status Status, int Epoch, int Timeline, int By, int Sent);

/// <param name="Behind">What a replica has, where it lacks something.</param>
/// <param name="SinceGuard">Ticks since a node last looked at its lease to hand over; not counted beyond a
/// window.</param>
/// <param name="Wrong">What a step did that no step may.</param>
readonly record struct World(
    Store Now,
    Replica? Behind,
    NodeState One,
    NodeState Two,
    MessageState A,
    MessageState B,
    int SinceGuard,
    int GuardBy,
    string? Wrong)
{
    public NodeState Node(int node) => node == 1 ? One : Two;

    public MessageState Message(int message) => message == 1 ? A : B;

    public World With(int node, NodeState state) =>
        node == 1 ? this with { One = state } : this with { Two = state };

    public World With(int message, MessageState state) =>
        message == 1 ? this with { A = state } : this with { B = state };
}
