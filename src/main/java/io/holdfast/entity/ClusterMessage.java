package io.holdfast.entity;

/** What crosses nodes between replicas and entities; written and read by {@link ClusterSerializer}. */
public interface ClusterMessage {}
